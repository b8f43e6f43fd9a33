/** FTP as values: commands, replies, addresses, facts, paths. Bytes in, values out. */
@NullMarked
package dev.berth.wire;

import org.jspecify.annotations.NullMarked;
