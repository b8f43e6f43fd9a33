/** How many connections: limits set and learned, budgets, permits, fair queues, pace, memory. */
@NullMarked
package dev.berth.limits;

import org.jspecify.annotations.NullMarked;
