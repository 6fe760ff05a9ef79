"""What a frame costs the page's main thread. Reported, not asserted: machines differ."""

import statistics

import pytest


@pytest.mark.parametrize("name", ["regression", "classification"])
def test_report(figure, name, report):
    f = figure(name)
    f.button("Play").click()
    f.page.wait_for_timeout(4000)
    f.button("Pause").click()
    times = sorted(f.read("frameTimes"))
    assert len(times) > 30
    report(f"A frame of {name} (training, shading, drawing): median {statistics.median(times):.1f} ms, "
           f"95 % below {times[int(len(times) * 0.95)]:.1f} ms, worst {times[-1]:.1f} ms, {len(times)} frames")


@pytest.mark.parametrize("name", ["regression", "classification"])
def test_memory_stays(figure, name):
    """Training and drawing reuse their memory: after a warm-up the module's does not grow."""
    f = figure(name)
    grown = f.page.evaluate(
        """async name => {
          const { loadEngine } = await import('./engine.js');
          const engine = await loadEngine(name);
          const figure = engine.create(name);
          const run = frames => {
            figure.set(figure.parameter('play'), 1);
            for (let i = 0; i < frames; i++) { figure.advance(1 / 60); figure.draw(800, 400); figure.description; }
          };
          run(600);
          const before = engine.exports.memory.buffer.byteLength;
          run(1200);
          return engine.exports.memory.buffer.byteLength - before;
        }""", name)
    assert grown == 0
