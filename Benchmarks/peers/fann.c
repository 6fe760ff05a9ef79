// A case of `make bench` in FANN (libfann-dev): what fann_peer.py calls.
//
// FANN has neither ReLU nor cross-entropy, and uses one thread. All hidden layers have its bounded linear activation,
// which costs about as much as a ReLU. A step is one epoch of batch training over the batch, with squared error and
// plain gradient descent.
#include <floatfann.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  struct fann *network;
  struct fann_train_data **batches;
  unsigned batch_count;
  unsigned next;
} Case;

static struct fann_train_data *make_batch(
    unsigned rows, unsigned inputs, unsigned outputs, const float *x, const float *y) {
  struct fann_train_data *data = fann_create_train(rows, inputs, outputs);
  if (!data) return NULL;
  for (unsigned row = 0; row < rows; row++) {
    memcpy(data->input[row], x + (size_t)row * inputs, inputs * sizeof(float));
    memcpy(data->output[row], y + (size_t)row * outputs, outputs * sizeof(float));
  }
  return data;
}

/// Creates a case; `widths` has the inputs first. Returns NULL if FANN fails.
Case *case_create(
    unsigned width_count, const unsigned *widths, int has_sigmoid_end, float rate, unsigned rows, unsigned batch_count,
    const float *x, const float *y) {
  Case *made = calloc(1, sizeof(Case));
  made->network = fann_create_standard_array(width_count, widths);
  if (!made->network) return NULL;
  fann_set_activation_function_hidden(made->network, FANN_LINEAR_PIECE);
  fann_set_activation_function_output(made->network, has_sigmoid_end ? FANN_SIGMOID : FANN_LINEAR);
  fann_set_training_algorithm(made->network, FANN_TRAIN_BATCH);
  fann_set_train_error_function(made->network, FANN_ERRORFUNC_LINEAR);
  fann_set_learning_rate(made->network, rate);
  unsigned inputs = widths[0], outputs = widths[width_count - 1];
  made->batch_count = batch_count;
  made->batches = calloc(batch_count, sizeof(*made->batches));
  for (unsigned i = 0; i < batch_count; i++) {
    made->batches[i] =
        make_batch(rows, inputs, outputs, x + (size_t)i * rows * inputs, y + (size_t)i * rows * outputs);
    if (!made->batches[i]) return NULL;
  }
  return made;
}

/// New random weights, so that a measurement doesn't depend on the one before.
void case_restart(Case *work) { fann_randomize_weights(work->network, -0.3f, 0.3f); }

void case_train(Case *work, long steps) {
  for (long i = 0; i < steps; i++) {
    fann_train_epoch(work->network, work->batches[work->next]);
    work->next = work->next + 1 == work->batch_count ? 0 : work->next + 1;
  }
}
