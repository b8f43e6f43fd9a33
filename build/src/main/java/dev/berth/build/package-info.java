/** Checks of the sources that no compiler makes. */
@NullMarked
package dev.berth.build;

import org.jspecify.annotations.NullMarked;
