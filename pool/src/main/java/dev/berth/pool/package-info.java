/** Upstream connections under a budget: leases, reuse, retirement. */
@NullMarked
package dev.berth.pool;

import org.jspecify.annotations.NullMarked;
