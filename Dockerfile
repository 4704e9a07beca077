# The site in a container. What it does there is in .ci/container; how to start all of it, in
# docs/running.md. Debian 12 and Python 3.11: what the tests run on.

FROM node:22-bookworm-slim AS node
WORKDIR /parts
COPY package.json package-lock.json ./
# No package's own script runs.
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig postgresql-client \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/alongside
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=node /parts/node_modules node_modules
COPY . .
RUN python .ci/compile_messages.py \
 && useradd --system --uid 10001 --home-dir /data alongside \
 && install -d -o alongside -g alongside /data /backups
USER alongside
ENV DATA_DIR=/data PYTHONUNBUFFERED=1
VOLUME ["/data", "/backups"]
EXPOSE 8000
ENTRYPOINT [".ci/container"]
CMD ["web"]
