// Figures whose element is in no page at the moment: a reader's training survives that the page moves an element about.

/** So many are kept; the longest absent gives way. */
const places = 16;
const absent = new Map(); // figures and their elements, the longest absent first

// Destroys the figure of an element that was garbage collected.
const gone = new FinalizationRegistry((figure) => {
  if (absent.delete(figure)) figure.destroy();
});

export const Parking = {
  /** The element of a figure left the page. */
  enter(figure, element) {
    absent.set(figure, new WeakRef(element));
    gone.register(element, figure, figure);
    if (absent.size <= places) return;
    const [oldest, reference] = absent.entries().next().value;
    this.leave(oldest);
    const owner = reference.deref();
    if (owner) owner.forget();
    else oldest.destroy();
  },

  /** The element of a figure is back, or has given the figure up. */
  leave(figure) {
    absent.delete(figure);
    gone.unregister(figure);
  },
};
