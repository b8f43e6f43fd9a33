/**
 * FTP as values: commands, replies, addresses, facts, paths. Bytes in, values out; no socket, no
 * thread, no policy.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.wire.Reply} and {@link dev.berth.wire.ReplyParser}: what servers say, in
 *       every shape in which they say it, bounded.
 *   <li>{@link dev.berth.wire.Command}: what we say; no CR, LF or NUL gets through it.
 *   <li>{@link dev.berth.wire.CommandParser}: the same on the server's side, where hostile clients
 *       speak; {@link dev.berth.wire.ActiveAddress} and {@link dev.berth.wire.PassiveRequest} are
 *       what it may read of addresses.
 *   <li>{@link dev.berth.wire.Octets}: text that keeps each byte of a server, so that a name in an
 *       unknown charset can be asked for again.
 *   <li>{@link dev.berth.wire.PassiveReply} and {@link dev.berth.wire.ActiveCommand}: where a data
 *       connection goes (RFC 959, RFC 2428).
 *   <li>{@link dev.berth.wire.RemotePath} and {@link dev.berth.wire.FactLine}: pathnames, and what
 *       MLSD tells of them (RFC 3659).
 * </ol>
 *
 * <p>Everything read from a peer is a {@link dev.berth.wire.ProtocolException} or a value that is
 * valid.
 *
 * <pre>{@code
 * import dev.berth.wire.Command;
 * import dev.berth.wire.PassiveReply;
 * import dev.berth.wire.Reply;
 * import dev.berth.wire.ReplyParser;
 * import java.nio.ByteBuffer;
 *
 * class ReadReply {
 *   public static void main(String[] arguments) throws Exception {
 *     byte[] arrived = "229 Go (|||40001|)\r\n".getBytes("US-ASCII");
 *     Reply reply = new ReplyParser().parse(ByteBuffer.wrap(arrived)).orElseThrow();
 *     System.out.println("port " + PassiveReply.port(reply));
 *     byte[] next = Command.of("RETR", "/pub/a b.txt").bytes();
 *     System.out.println(next.length + " bytes to send");
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.berth.wire;

import org.jspecify.annotations.NullMarked;
