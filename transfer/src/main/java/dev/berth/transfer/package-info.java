/** Whole jobs on a pool: get, put, mirror. */
@NullMarked
package dev.berth.transfer;

import org.jspecify.annotations.NullMarked;
