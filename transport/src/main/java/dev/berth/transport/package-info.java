/** Control and data connections that end: TLS, and time-outs on reads and writes alike. */
@NullMarked
package dev.berth.transport;

import org.jspecify.annotations.NullMarked;
