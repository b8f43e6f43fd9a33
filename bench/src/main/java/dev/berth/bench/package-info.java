/**
 * Measurements of Berth against other clients. Not published. Prints, never asserts.
 *
 * <p>Read in this order: {@link dev.berth.bench.Main} goes through the parts; {@code Contest} runs
 * all {@code Client}s in turn on one {@code Errand}, each as a whole process; {@code Table} prints
 * what came of it.
 */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
