/** One upstream connection: login, commands, transfers, its tracked state. */
@NullMarked
package dev.berth.client;

import org.jspecify.annotations.NullMarked;
