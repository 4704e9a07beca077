/* A talk to play, as an H5P content type. Text is always put in as text, never as HTML. */
(function () {
  'use strict';

  const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ks|nqo|prs|ps|sd|syr|ug|ur|yi)(-|$)/i;
  const PLAIN = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#039': "'", '#39': "'", '#x27': "'" };
  let talks = 0; // on this page, so that each has ids of its own

  /* H5P editors keep plain text with its signs written out, as in “&amp;”. */
  function plain(value) {
    return String(value === undefined || value === null ? '' : value)
      .replace(/&(amp|lt|gt|quot|apos|#0?39|#x27);/gi, function (sign, name) {
        return PLAIN[name.toLowerCase()];
      })
      .trim();
  }

  function list(value) {
    return Array.isArray(value) ? value : [];
  }

  function key(name) {
    return plain(name).replace(/\s+/g, ' ').toLowerCase();
  }

  /* --- playing: where somebody stands follows from what was chosen ------------------------- */

  function places(params) {
    const found = {};
    const add = function (kind) {
      return function (place) {
        const name = key(place && place.name);
        if (name && !Object.prototype.hasOwnProperty.call(found, name)) {
          found[name] = { kind: kind, place: place };
        }
      };
    };
    list(params.steps).forEach(add('step'));
    list(params.endings).forEach(add('ending'));
    return found;
  }

  /* What one can choose at a place, and where each leads: nowhere, if that is what it says. */
  function ways(at, named) {
    if (!at || at.kind !== 'step') {
      return [];
    }
    return list(at.place.choices).map(function (choice) {
      const again = plain(choice.rightStep) !== '';
      const name = key(choice.go);
      const there = Object.prototype.hasOwnProperty.call(named, name) ? named[name] : null;
      return { choice: choice, again: again, to: again ? at : there };
    });
  }

  /* Follow the numbers in `chosen` from the first step. `fits` is false when one was not there. */
  function play(params, chosen) {
    const named = places(params);
    const first = list(params.steps)[0];
    let at = first ? { kind: 'step', place: first } : null;
    const moves = [];
    let fits = true;
    list(chosen).forEach(function (n) {
      const way = Number.isInteger(n) ? ways(at, named)[n] : null;
      if (!way) {
        fits = false;
        return;
      }
      moves.push({ at: at, number: n, way: way });
      at = way.to;
    });
    return { at: at, moves: moves, ways: ways(at, named), fits: fits };
  }

  /* --- drawing ----------------------------------------------------------------------------- */

  function element(name, about, children) {
    const made = document.createElement(name);
    Object.keys(about || {}).forEach(function (attribute) {
      const value = about[attribute];
      if (value !== null && value !== false) {
        made.setAttribute(attribute, value === true ? '' : value);
      }
    });
    list(children).forEach(function (child) {
      if (child) {
        made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
      }
    });
    return made;
  }

  function paragraph(words, kind) {
    return plain(words) ? element('p', { class: kind || null }, [plain(words)]) : null;
  }

  function button(words, quiet, press) {
    const made = element('button', { type: 'button', class: quiet ? 'at-button at-quiet' : 'at-button' }, [words]);
    made.addEventListener('click', press);
    return made;
  }

  /* --- the content type -------------------------------------------------------------------- */

  function Talk(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    this.params = params || {};
    this.contentId = contentId;
    this.extras = extras || {};
    this.id = 'alongside-talk-' + (talks += 1);
    this.take(this.extras.previousState);
  }

  Talk.prototype = Object.create(H5P.EventDispatcher.prototype);
  Talk.prototype.constructor = Talk;
  Talk.play = play;

  /* Stand where a state says, or at the beginning when it does not fit this talk. */
  Talk.prototype.take = function (state) {
    const kept = state && typeof state === 'object' ? state : {};
    this.begun = kept.begun === true && Array.isArray(kept.chosen);
    this.skipped = kept.skipped === true;
    this.chosen = this.begun ? list(kept.chosen).slice() : [];
    this.said = kept.said === true && this.chosen.length > 0; // what came of the last is on the screen
    this.before = null; // a choice that was taken back
    if (!play(this.params, this.chosen).fits) {
      this.begun = this.said = false;
      this.chosen = [];
    }
  };

  Talk.prototype.getCurrentState = function () {
    if (!this.begun && !this.skipped) {
      return undefined;
    }
    return { begun: this.begun, skipped: this.skipped, chosen: this.chosen.slice(), said: this.said };
  };

  Talk.prototype.getTitle = function () {
    const metadata = this.extras.metadata || {};
    return plain(this.params.title) || plain(metadata.title);
  };

  Talk.prototype.resetTask = function () {
    this.take(null);
    this.draw(false);
  };

  Talk.prototype.t = function (name) {
    return plain((this.params.l10n || {})[name]);
  };

  Talk.prototype.attach = function ($container) {
    const container = $container && $container.jquery ? $container[0] : $container;
    const language = plain(this.params.language) || plain((this.extras.metadata || {}).defaultLanguage);
    this.root = element('div', { class: 'alongside-talk', lang: language || null });
    if (language) {
      this.root.setAttribute('dir', RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr');
    }
    container.classList.add('h5p-alongside-talk');
    container.appendChild(this.root);
    this.draw(false);
  };

  /* Draw what there is now. With `move`, the reader is taken to what is new. */
  Talk.prototype.draw = function (move) {
    const now = play(this.params, this.chosen);
    let screen;
    if (this.skipped) {
      screen = this.leftOut();
    } else if (!this.begun) {
      screen = this.opening();
    } else if (this.said) {
      screen = this.saidBack(now.moves[now.moves.length - 1]);
    } else if (now.at && now.at.kind === 'ending') {
      screen = this.ending(now);
    } else if (now.at && now.ways.length) {
      screen = this.moment(now);
    } else {
      screen = this.nowhere();
    }
    this.root.textContent = '';
    screen.concat([this.help()]).forEach(function (part) {
      if (part) {
        this.root.appendChild(part);
      }
    }, this);
    const news = move && this.root.querySelector('[tabindex="-1"]');
    if (news) {
      news.focus();
    }
    this.trigger('resize');
  };

  Talk.prototype.heading = function (words, isNew) {
    return element('h2', { class: 'at-title', id: this.id + '-title', tabindex: isNew ? '-1' : null }, [words]);
  };

  Talk.prototype.note = function (tag, words, more) {
    return plain(words)
      ? element('div', { class: 'at-note' }, [paragraph(tag, 'at-tag'), paragraph(words), paragraph(more)])
      : null;
  };

  Talk.prototype.help = function () {
    return plain(this.params.help)
      ? element('div', { class: 'at-worry' }, [paragraph(this.t('worry'), 'at-tag'), paragraph(this.params.help)])
      : null;
  };

  Talk.prototype.opening = function () {
    const habits = list(this.params.practise).filter(plain);
    const label = this.id + '-practise';
    const note = plain(this.params.contentNote);
    return [
      paragraph(this.t('talk'), 'at-tag'),
      this.heading(this.getTitle(), true),
      paragraph(this.params.setting),
      habits.length ? element('p', { class: 'at-small', id: label }, [this.t('practise')]) : null,
      habits.length ? element('ul', { class: 'at-shows', 'aria-labelledby': label }, habits.map(function (habit) {
        return element('li', {}, [plain(habit)]);
      })) : null,
      this.note(this.t('before'), note, this.t('leaveOut')),
      element('div', { class: 'at-go' }, [
        button(this.t('begin'), false, this.begin.bind(this)),
        note ? button(this.t('skip'), true, this.skip.bind(this)) : null
      ])
    ];
  };

  Talk.prototype.leftOut = function () {
    return [
      this.heading(this.getTitle(), false),
      element('p', { class: 'at-moment', tabindex: '-1' }, [this.t('skipped')]),
      element('div', { class: 'at-go' }, [button(this.t('beginAfterAll'), true, this.begin.bind(this))])
    ];
  };

  /* What happens at a step. `isNew` when the reader is to be taken there. */
  Talk.prototype.scene = function (step, isNew, right) {
    return element('div', { class: 'at-scene', tabindex: isNew ? '-1' : null }, [
      right ? this.note(this.t('rightStep'), right) : null,
      step.repair ? paragraph(this.t('repair'), 'at-tag') : null,
      paragraph(step.words, 'at-moment')
    ]);
  };

  Talk.prototype.moment = function (now) {
    const last = now.moves[now.moves.length - 1];
    const right = last && last.way.again ? last.way.choice.rightStep : '';
    const tried = now.moves.filter(function (move) {
      return move.way.again && move.at.place === now.at.place;
    }).map(function (move) {
      return move.number;
    });
    const problem = element('p', { class: 'at-problem', id: this.id + '-problem', role: 'alert' });
    const choices = now.ways.map(function (way, n) {
      return this.option(way.choice, n, tried.indexOf(n) >= 0);
    }, this);
    const form = element('form', { class: 'at-card', novalidate: true }, [
      element('fieldset', {}, [
        element('legend', {}, [this.t(right ? 'askAgain' : 'ask')]),
        problem
      ].concat(choices)),
      element('div', { class: 'at-go' }, [element('button', { class: 'at-button' }, [this.t('see')])])
    ]);
    form.addEventListener('submit', this.choose.bind(this, form, problem));
    return [
      this.heading(this.getTitle(), false),
      now.moves.length ? null : paragraph(this.params.setting, 'at-small'),
      this.scene(now.at.place, true, right),
      form
    ];
  };

  Talk.prototype.option = function (choice, n, tried) {
    const radio = element('input', { type: 'radio', name: this.id + '-choice', value: String(n) });
    radio.checked = this.before === n;
    return element('label', { class: 'at-option' }, [
      radio,
      element('span', {}, [
        element('span', { class: 'at-words' }, [plain(choice.say)]),
        tried ? element('span', { class: 'at-small' }, [this.t('chosenBefore')]) : null
      ])
    ]);
  };

  Talk.prototype.saidBack = function (move) {
    const choice = move.way.choice;
    const habits = this.shown(choice.skills, 'skill', '✓').concat(this.shown(choice.roadblocks, 'roadblock', '–'));
    const caution = move.way.again || list(choice.roadblocks).length;
    return [
      this.heading(this.getTitle(), false),
      this.scene(move.at.place, false),
      element('div', { class: 'at-card' }, [
        paragraph(this.t('youChose'), 'at-small'),
        paragraph(choice.say, 'at-words')
      ]),
      element('div', { class: caution ? 'at-back at-again' : 'at-back', tabindex: '-1' }, [
        paragraph(choice.then, 'at-moment'),
        paragraph(choice.feedback),
        habits.length ? element('ul', { class: 'at-shows', 'aria-label': this.t('shows') }, habits) : null
      ]),
      this.note(this.t('rightStep'), choice.rightStep),
      element('div', { class: 'at-go' }, [
        button(this.t(move.way.again ? 'chooseAgain' : 'goOn'), false, this.goOn.bind(this)),
        move.way.again ? null : button(this.t('takeBack'), true, this.takeBack.bind(this))
      ])
    ];
  };

  Talk.prototype.shown = function (habits, name, sign) {
    return list(habits).filter(plain).map(function (habit) {
      const words = this.t(name).split('@name').join(plain(habit));
      return element('li', { class: 'at-' + name }, [element('span', { 'aria-hidden': 'true' }, [sign + ' ']), words]);
    }, this);
  };

  Talk.prototype.ending = function (now) {
    const way = element('details', { class: 'at-way' }, [
      element('summary', {}, [this.t('wayHere')]),
      element('ol', {}, now.moves.map(function (move) {
        return element('li', {}, [plain(move.way.choice.say)]);
      }))
    ]);
    way.addEventListener('toggle', function () {
      this.trigger('resize');
    }.bind(this));
    return [
      this.heading(plain(now.at.place.title), true),
      paragraph(now.at.place.words, 'at-moment'),
      this.note(this.t('afterwards'), this.params.debrief),
      way,
      element('div', { class: 'at-go' }, [button(this.t('playAgain'), true, this.begin.bind(this))]),
      paragraph(this.t('everyWay'), 'at-small')
    ];
  };

  Talk.prototype.nowhere = function () {
    return [
      this.heading(this.getTitle(), false),
      element('p', { class: 'at-moment', tabindex: '-1' }, [this.t('nowhere')]),
      element('div', { class: 'at-go' }, [button(this.t('playAgain'), true, this.begin.bind(this))])
    ];
  };

  /* --- what the reader does ---------------------------------------------------------------- */

  Talk.prototype.begin = function () {
    this.take({ begun: true, chosen: [] });
    this.setActivityStarted();
    this.draw(true);
  };

  Talk.prototype.skip = function () {
    this.skipped = true;
    this.setActivityStarted();
    this.draw(true);
    this.tellCompleted();
  };

  Talk.prototype.choose = function (form, problem, event) {
    event.preventDefault();
    const chosen = form.querySelector('input:checked');
    if (!chosen) {
      problem.textContent = this.t('choose');
      form.querySelector('fieldset').setAttribute('aria-describedby', problem.id);
      form.querySelector('input').focus();
      this.trigger('resize');
      return;
    }
    this.setActivityStarted();
    this.chosen.push(Number(chosen.value));
    this.said = true;
    this.before = null;
    this.draw(true);
    this.tellAnswered();
  };

  Talk.prototype.goOn = function () {
    this.said = false;
    this.draw(true);
    const at = play(this.params, this.chosen).at;
    if (at && at.kind === 'ending') {
      this.tellCompleted();
    }
  };

  Talk.prototype.takeBack = function () {
    this.before = this.chosen.pop();
    this.said = false;
    this.draw(true);
  };

  /* --- what others are told, by xAPI: that it was done, and no mark ------------------------- */

  Talk.prototype.tellCompleted = function () {
    const told = this.createXAPIEventTemplate('completed');
    const seconds = this.activityStartTime ? Math.round((Date.now() - this.activityStartTime) / 1000) : 0;
    told.data.statement.result = { completion: true, duration: 'PT' + seconds + 'S' };
    this.trigger(told);
  };

  /* A choice is a part of the whole: it names the whole as its parent. */
  Talk.prototype.tellAnswered = function () {
    const move = play(this.params, this.chosen).moves.pop();
    const number = this.params.steps.indexOf(move.at.place) + 1;
    const language = this.root.getAttribute('lang') || 'en';
    const told = this.createXAPIEventTemplate('answered');
    const statement = told.data.statement;
    const whole = { objectType: 'Activity' };
    const part = { objectType: 'Activity', definition: {
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      interactionType: 'choice',
      description: inLanguage(language, move.at.place.words),
      choices: move.at.place.choices.map(function (choice, n) {
        return { id: String(n), description: inLanguage(language, choice.say) };
      })
    } };
    if (statement.object && statement.object.id) {
      whole.id = statement.object.id;
      part.id = statement.object.id + '#step-' + number;
    }
    statement.object = part;
    statement.context = statement.context || {};
    statement.context.contextActivities = statement.context.contextActivities || {};
    statement.context.contextActivities.parent = [whole];
    statement.result = { response: String(move.number), completion: true };
    this.trigger(told);
  };

  function inLanguage(language, words) {
    const said = {};
    said[language] = plain(words);
    return said;
  }

  window.Alongside = window.Alongside || {};
  window.Alongside.Talk = Talk;
}());
