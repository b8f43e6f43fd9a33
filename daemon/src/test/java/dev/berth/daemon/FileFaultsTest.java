package dev.berth.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class FileFaultsTest {
  private static final String KEY = "/etc/letsencrypt/live/ftp.example.com/privkey.pem";

  @Test
  void keyThatRootAloneMayReadComesWithAWayOut() {
    String words = FileFaults.wordsOfSecret(new AccessDeniedException(KEY));

    assertThat(words)
        .startsWith(KEY + ": permission denied to ")
        .contains("group", "640", "750", "LoadCredential=");
  }

  @Test
  void keyThatIsNotThereNeedsNoPermission() {
    assertThat(FileFaults.wordsOfSecret(new NoSuchFileException(KEY)))
        .isEqualTo(KEY + ": no such file");
  }
}
