/* gcgan.h: the manufacturability term, topology optimisation, the deck solver and the validation of parts, as a library.
 *
 * Copyright: GPL-3.0-or-later, as gcgan is: a program that links libgcgan.so is under the GPL too.
 *
 * Rules of every call
 *   - It returns a status; GCGAN_SUCCESS is 0. The numbers are the exit codes of gcgan's programs.
 *   - `message` takes a text in UTF-8, the words that the programs say, and NULL after success. Free it by gcgan_free().
 *     `message` may be NULL.
 *   - It may be called from any thread, several threads at once, and in a child process after fork().
 *   - No exception and no signal handler of gcgan reaches the caller. Nothing is written to standard output or error, but by
 *     gcgan_answer_part().
 *   - Memory that the caller gives is read and written during the call only.
 *
 * Units are the problem's: SI where its file has units, else the file's own. Densities are in [0, 1], row 0 is at the top.
 */
#ifndef GCGAN_H
#define GCGAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface: the first number changes where a program built for an older one would break, the second
 * where calls are added. Compare gcgan_interface_version() with it after loading the library. */
#define GCGAN_INTERFACE_MAJOR 1
#define GCGAN_INTERFACE_MINOR 0

enum gcgan_status {
  GCGAN_SUCCESS = 0,        /* done */
  GCGAN_NOT_EVALUATED = 3,  /* the input makes sense and cannot be evaluated, such as a design with NaN; others of the batch are */
  GCGAN_USAGE = 64,         /* a wrong argument: a shape, a type, a handle */
  GCGAN_DATA = 65,          /* a wrong file or text; each fault has a line */
  GCGAN_INTERNAL = 70,      /* what should not happen */
  GCGAN_CANNOT_WRITE = 73,  /* a file could not be written */
  GCGAN_STOPPED = 130       /* the progress function asked for the end */
};

/* Types of array elements. */
enum gcgan_type { GCGAN_FLOAT32 = 0, GCGAN_FLOAT64 = 1 };

/* A problem: 0 is none. Handles are numbers that are not used again: a released one is an error, never a crash. */
typedef uint64_t gcgan_problem;

/* An array in the caller's memory. */
typedef struct gcgan_array {
  void *data;             /* NULL: not wanted */
  int32_t type;           /* gcgan_type */
  int32_t rank;           /* axes, at most 8 */
  const int64_t *shape;   /* [rank] */
  const int64_t *strides; /* [rank], in bytes; NULL: contiguous, the last axis fastest */
} gcgan_array;

/* What to evaluate, and where results go. Set the whole struct to 0 first. */
typedef struct gcgan_evaluation {
  const gcgan_problem *problems; /* one, or one for every design */
  int64_t problem_count;
  gcgan_array designs;           /* [batch] + the problem's design shape */
  const double *slopes;          /* [batch][terms]: the derivative of a function by each term's value; NULL: the weights */
  double *totals;                /* [batch]: sum of weight * value; may be NULL */
  double *values;                /* [batch][terms], not weighted; may be NULL */
  gcgan_array gradient;          /* as designs: of the total, or of the function that `slopes` belong to */
  gcgan_array term_gradients;    /* [batch][terms] + the design shape, not weighted; one adjoint solve for each term */
  double *parameter_gradients;   /* [batch][parameters]: of what `gradient` is of, by the problem's parameters; may be NULL */
  int32_t *statuses;             /* [batch]: GCGAN_SUCCESS or GCGAN_NOT_EVALUATED; may be NULL. Results of a design that is not evaluated are NaN */
  double accuracy;               /* relative residual of solves; 0: 1e-12, and 1e-8 for adjoints */
} gcgan_evaluation;

/* Told about progress in JSON; anything but 0 ends the call after the step under way (GCGAN_STOPPED). */
typedef int32_t (*gcgan_progress)(const char *json, void *context);

/* GCGAN_INTERFACE_MAJOR << 16 | GCGAN_INTERFACE_MINOR of the library. */
uint32_t gcgan_interface_version(void);

/* Versions of gcgan and of what is in it, in JSON. Free it. */
char *gcgan_versions(void);

/* Frees a text that a call gave. */
void gcgan_free(char *text);

/* Processors that one call uses; 0: all. For the whole process. */
void gcgan_set_threads(int32_t count);

/* A problem file (Docs/ProblemFile.md), or its text; `name` stands in messages. Release it by gcgan_problem_release(). */
int32_t gcgan_problem_read(const char *path, gcgan_problem *problem, char **message);
int32_t gcgan_problem_parse(const char *text, size_t length, const char *name, gcgan_problem *problem, char **message);
int32_t gcgan_problem_release(gcgan_problem problem, char **message);

/* In JSON: title, designShape, imageShape, terms (name, measure, weight), parameters (name, value), optimisation. Free it. */
int32_t gcgan_problem_describe(gcgan_problem problem, char **json, char **message);

/* The same problem with other values of its parameters, in the order of gcgan_problem_describe(): a new handle. */
int32_t gcgan_problem_with_parameters(gcgan_problem problem, const double *values, int64_t count, gcgan_problem *other, char **message);

/* Values and gradients of a batch. Cost: one factorization of each system per design, eight designs side by side, and one
 * back-substitution per load case and adjoint. */
int32_t gcgan_evaluate(const gcgan_evaluation *evaluation, char **message);

/* Topology optimisation, as the file's `optimisation` says. `start` (NULL: uniform) and `design` have the design shape, `density` (what
 * would be built) that of an image; `history` is JSON, an entry per iteration. Free it. */
int32_t gcgan_optimise(
  gcgan_problem problem, const gcgan_array *start, const gcgan_array *design, const gcgan_array *density,
  gcgan_progress progress, void *context, char **history, char **message);

/* Solves a deck (Abaqus, CalculiX). `folder` takes NAME.dat, NAME.vtu and NAME.json; NULL: nothing is written. `json` is what NAME.json
 * holds. Free it. */
int32_t gcgan_solve_deck(const char *path, const char *folder, char **json, char **message);

/* Validates part folders, each in a child process, and gives the run's record (gcgan-run/1) in JSON. Free it.
 * `worker` is the command of such a child; arguments are appended, which the child hands to gcgan_answer_part(). */
int32_t gcgan_validate(
  const char *const *paths, int64_t path_count, const char *const *worker, int64_t worker_count,
  gcgan_progress progress, void *context, char **json, char **message);

/* The child's side of gcgan_validate(): puts the process under limits of memory and time, evaluates one part and writes the answer to
 * standard output. */
int32_t gcgan_answer_part(const char *const *arguments, int64_t count, char **message);

#ifdef __cplusplus
}
#endif
#endif
