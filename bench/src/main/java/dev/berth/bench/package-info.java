/** Measurements against peers. Not published. */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
