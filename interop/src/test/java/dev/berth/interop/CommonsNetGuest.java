package dev.berth.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;

/** Apache Commons Net, in this process. */
record CommonsNetGuest() implements Guest {
  @Override
  public String name() {
    return "Commons Net";
  }

  @Override
  public String version() {
    String jar = FTPClient.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceAll(".*commons-net-(.*)\\.jar", "$1");
  }

  @Override
  public String note() {
    return "begins a TLS session of its own on each data connection";
  }

  @Override
  public String act(Site site, Deed deed) throws IOException {
    FTPClient client = client(site);
    client.setControlEncoding("UTF-8");
    client.setDefaultTimeout(20_000);
    client.connect(site.host(), site.port());
    try {
      require(client, client.login(site.account(), OurServer.PASSWORD), "login");
      if (client instanceof FTPSClient encrypted) {
        encrypted.execPBSZ(0);
        encrypted.execPROT("P");
      }
      if (!site.isActive()) {
        client.enterLocalPassiveMode();
      }
      client.setFileType(FTP.BINARY_FILE_TYPE);
      String said = act(client, deed);
      client.logout();
      return said;
    } finally {
      client.disconnect();
    }
  }

  private static FTPClient client(Site site) throws IOException {
    if (!site.isEncrypted()) {
      return new FTPClient();
    }
    FTPSClient client = new FTPSClient(false);
    client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
    return client;
  }

  private static String act(FTPClient client, Deed deed) throws IOException {
    switch (deed) {
      case Deed.Show show -> {
        return Arrays.stream(client.listFiles())
            .map(file -> file.getName())
            .collect(Collectors.joining("\n"));
      }
      case Deed.Get(var remote, var local) -> {
        try (OutputStream out = Files.newOutputStream(local)) {
          require(client, client.retrieveFile(remote, out), "RETR");
        }
      }
      case Deed.Put(var local, var remote) -> {
        try (InputStream in = Files.newInputStream(local)) {
          require(client, client.storeFile(remote, in), "STOR");
        }
      }
      case Deed.GoOnGet(var remote, var local) -> {
        client.setRestartOffset(Files.size(local));
        try (OutputStream out = Files.newOutputStream(local, StandardOpenOption.APPEND)) {
          require(client, client.retrieveFile(remote, out), "RETR");
        }
      }
      case Deed.GoOnPut(var local, var remote) -> {
        long there = Long.parseLong(client.getSize(remote));
        try (InputStream in = Files.newInputStream(local)) {
          in.skipNBytes(there);
          client.setRestartOffset(there);
          require(client, client.storeFile(remote, in), "STOR");
        }
      }
      case Deed.Rename(var from, var to) -> require(client, client.rename(from, to), "RNTO");
      case Deed.Delete(var remote) -> require(client, client.deleteFile(remote), "DELE");
    }
    return "";
  }

  private static void require(FTPClient client, boolean done, String what) throws IOException {
    if (!done) {
      throw new IOException(what + ": " + client.getReplyString());
    }
  }
}
