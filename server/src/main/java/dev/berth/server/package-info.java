/**
 * Files behind the sessions of a server: accounts, permissions, quotas, listings, uploads that are
 * whole or not there.
 *
 * <p>Read in this order:
 *
 * <ol>
 *   <li>{@link dev.berth.server.FileBackend}: judges logins, and makes a visit of each user let in.
 *   <li>{@link dev.berth.server.Account}: who may log in, to which home folder, and what for.
 *   <li>{@code Tree}: all that is below a home. A pathname is walked from open folder to open
 *       folder, so that nothing leads outside, whatever is swapped meanwhile.
 *   <li>{@code Folder}: what can be done in an open folder; by descriptor, or by path where a file
 *       system has no descriptors.
 *   <li>{@code Upload}: bytes under a temporary name, until they are moved over the final one.
 * </ol>
 *
 * <p>An upload that is cut, and goes on:
 *
 * <pre>{@code
 * import dev.berth.server.Account;
 * import dev.berth.server.FileBackend;
 * import dev.berth.server.FileSettings;
 * import dev.berth.session.Incoming;
 * import dev.berth.session.Login;
 * import dev.berth.session.LoginRequest;
 * import dev.berth.session.Outgoing;
 * import dev.berth.session.StoreWay;
 * import dev.berth.session.Visit;
 * import dev.berth.wire.RemotePath;
 * import java.net.InetAddress;
 * import java.nio.ByteBuffer;
 * import java.nio.channels.Channels;
 * import java.nio.file.Files;
 * import java.util.List;
 *
 * class CutUpload {
 *   public static void main(String[] arguments) throws Exception {
 *     Account alice = Account.of("alice", "a hash", Files.createTempDirectory("home"));
 *     FileBackend backend =
 *         new FileBackend(
 *             FileSettings.USUAL, (password, hash) -> password.equals("secret"), List.of(alice));
 *     LoginRequest request =
 *         new LoginRequest(
 *             1,
 *             "alice",
 *             new LoginRequest.Password("secret"),
 *             InetAddress.getLoopbackAddress(),
 *             "main",
 *             true,
 *             "");
 *     if (backend.login(request) instanceof Login.Granted(Visit visit, String account)) {
 *       RemotePath file = new RemotePath("/a.txt");
 *       try (Incoming incoming = visit.store(file, new StoreWay.Replace())) {
 *         incoming.bytes().write(ByteBuffer.wrap("hel".getBytes()));
 *       }
 *       long size = visit.entry(file).size();
 *       System.out.println(account + " goes on at " + size);
 *       try (Incoming incoming = visit.store(file, new StoreWay.From(size))) {
 *         incoming.bytes().write(ByteBuffer.wrap("lo".getBytes()));
 *         incoming.keep();
 *       }
 *       try (Outgoing outgoing = visit.retrieve(file, 0)) {
 *         System.out.println(new String(Channels.newInputStream(outgoing.bytes()).readAllBytes()));
 *       }
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>What else is in a home: {@code .berth-up-*} beside the files of which they are parts, and one
 * {@code .berth-staging} at the top. No client sees them. {@link
 * dev.berth.server.FileBackend#maintain} removes what is left of them.
 */
@NullMarked
package dev.berth.server;

import org.jspecify.annotations.NullMarked;
