/**
 * The other end of the wire, for tests only. It imports none of our modules: a peer on our codec
 * would share our codec's bugs.
 *
 * <p>Read in this order: {@link dev.berth.testkit.Peers} starts real servers, each set up by {@link
 * dev.berth.testkit.PeerSettings} and running as a {@link dev.berth.testkit.Peer}; {@link
 * dev.berth.testkit.WireTap} stands in front of one and counts; {@link dev.berth.testkit.WanLink}
 * puts one far away; {@link dev.berth.testkit.ScriptedServer} says literal bytes, and {@link
 * dev.berth.testkit.CommandTable} is its script of a whole session. {@link
 * dev.berth.testkit.FileTree} makes and compares files.
 *
 * <pre>{@code
 * @ExtendWith(PeersOrSkip.class)
 * class MirrorTest {
 *   @Test
 *   void staysUnderTheLimit(@TempDir Path folder) throws IOException {
 *     try (Peer peer = Peers.start(PeerKind.VSFTPD, PeerSettings.plain().perAddress(2));
 *         WireTap tap = WireTap.before(peer.address())) {
 *       peer.fill(FileTree.standard(1));
 *       mirror(tap.address(), peer.user(), peer.password(), folder);
 *       FileTree.assertSame(peer.root(), folder);
 *       assertThat(tap.mostAdmittedAtOnce()).isLessThanOrEqualTo(2);
 *       assertThat(peer.refusals()).isLessThanOrEqualTo(3);
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>The real servers come from {@code testkit/install-peers}. A test that lacks one is skipped;
 * with the environment variable {@code CI=true} it fails.
 */
@NullMarked
package dev.berth.testkit;

import org.jspecify.annotations.NullMarked;
