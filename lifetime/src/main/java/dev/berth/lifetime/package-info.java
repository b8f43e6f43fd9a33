/** How things wait and end: deadlines, scopes of threads, closing everything. */
@NullMarked
package dev.berth.lifetime;

import org.jspecify.annotations.NullMarked;
