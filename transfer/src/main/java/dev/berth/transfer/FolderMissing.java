package dev.berth.transfer;

import dev.berth.client.FtpConnection;
import dev.berth.client.ReplyException;
import dev.berth.wire.RemotePath;
import java.io.IOException;

/**
 * The server refused a file because there is no folder for it. Its own words speak of the file:
 * "553 Could not create file." (vsftpd).
 */
final class FolderMissing extends IOException {
  private static final long serialVersionUID = 1;

  private FolderMissing(RemotePath folder, ReplyException refused) {
    super("there is no folder " + folder + ": make it first (" + Words.of(refused) + ")", refused);
  }

  /**
   * Looks whether that is why a STOR was refused.
   *
   * @throws IOException this, if so; another one if the connection failed
   */
  static void throwIfSo(FtpConnection connection, RemotePath folder, ReplyException refused)
      throws IOException {
    boolean isAboutTheFile =
        refused.command().verb().equals("STOR") && Verdict.of(refused) == Verdict.GIVE_UP;
    if (isAboutTheFile && connection.isReusable() && !Look.findsFolder(connection, folder)) {
      throw new FolderMissing(folder, refused);
    }
  }
}
