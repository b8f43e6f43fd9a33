/** Real servers and clients against ours. Not published. */
@NullMarked
package dev.berth.interop;

import org.jspecify.annotations.NullMarked;
