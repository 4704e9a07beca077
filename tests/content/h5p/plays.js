// Plays talks as our H5P type does: [[content, chosen], …] comes in, where each stands goes out.
const { readFileSync } = require('fs');
const { join } = require('path');

globalThis.window = {};
globalThis.H5P = { EventDispatcher: function () {} };
require(join(__dirname, '../../../content/h5p_library/Alongside.Talk-1.0/talk.js'));

const told = JSON.parse(readFileSync(0, 'utf8')).map(([content, chosen]) => {
  const played = window.Alongside.Talk.play(content, chosen);
  return {
    at: played.at && [played.at.kind, played.at.place.name],
    moves: played.moves.map((move) => [move.at.place.name, move.number, move.way.again]),
    ways: played.ways.map((way) => [way.choice.say, way.to && way.to.place.name]),
    fits: played.fits,
  };
});
process.stdout.write(JSON.stringify(told));
