package dev.berth.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns by gitignore(5). */
class PathRulesTest {
  /** A pathname that ends with a slash is a folder's. */
  private static boolean excludes(PathRules rules, String path) {
    boolean isFolder = path.endsWith("/");
    return rules.excludes(isFolder ? path.substring(0, path.length() - 1) : path, isFolder);
  }

  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp, true",
    "*.tmp, sub/deep/a.tmp, true",
    "*.tmp, a.tmp/inside, true",
    "*.tmp, a.tmpx, false",
    "*.tmp, .tmp, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a?c, ac, false",
    "a[bc]d, abd, true",
    "a[bc]d, aed, false",
    "a[!bc]d, aed, true",
    "a[^bc]d, abd, false",
    "a[b-d]e, ace, true",
    "a[]]b, a]b, true",
    "a[[:digit:]]b, a7b, true",
    "a[[:digit:]]b, axb, false",
    "a[b-]c, a-c, true",
    "a[\\]]b, a]b, true",
    "/a, a, true",
    "/a, sub/a, false",
    "sub/a, sub/a, true",
    "sub/a, x/sub/a, false",
    "**/a, x/y/a, true",
    "**/a, a, true",
    "sub/**, sub/x/y, true",
    "sub/**, sub/, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "a/**/b, axb, false",
    "a**b, a/b, false",
    "a**b, axxb, true",
    "/*.txt, a.txt, true",
    "/*.txt, sub/a.txt, false",
    "log/, log/, true",
    "log/, log, false",
    "log/, x/log/, true",
    "\\*, *, true",
    "\\*, a, false",
    "\\!a, !a, true",
    "a\\?, a?, true",
    "**, x/y, true"
  })
  void aPatternMatchesAsItDoesForGit(String pattern, String path, boolean isMatch) {
    assertThat(excludes(PathRules.all().exclude(pattern), path)).isEqualTo(isMatch);
  }

  @Test
  void theLastPatternThatMatchesCounts() {
    PathRules rules = PathRules.all().exclude("*.txt").include("keep.txt").exclude("/keep.txt");

    assertThat(excludes(rules, "a.txt")).isTrue();
    assertThat(excludes(rules, "sub/keep.txt")).isFalse();
    assertThat(excludes(rules, "keep.txt")).isTrue();
    assertThat(excludes(rules, "a.html")).isFalse();
  }

  @Test
  void whatIsInAnExcludedFolderCannotBeIncludedAgain() {
    PathRules rules = PathRules.all().exclude("cache/").include("cache/keep");

    assertThat(excludes(rules, "cache/keep")).isTrue();
    assertThat(excludes(rules, "sub/cache/x/y")).isTrue();
  }

  @Test
  void anIncludeThatComesFirstLeavesOutAllOtherFilesButNoFolder() {
    PathRules rules = PathRules.all().include("*.html").include("docs/");

    assertThat(excludes(rules, "a.html")).isFalse();
    assertThat(excludes(rules, "sub/")).isFalse();
    assertThat(excludes(rules, "sub/b.html")).isFalse();
    assertThat(excludes(rules, "sub/b.txt")).isTrue();
    assertThat(excludes(rules, "docs/sub/b.txt")).isFalse();
  }

  @Test
  void anExcludeWithAnExclamationMarkIsAnIncludeAndNoWishList() {
    PathRules rules = PathRules.all().exclude("!a").exclude("*.tmp");

    assertThat(excludes(rules, "b")).isFalse();
  }

  @Test
  void linesOfAFileAreReadAsGitReadsThem() {
    PathRules rules =
        PathRules.all()
            .excludeLines(
                List.of("# not a pattern", "", "  ", "*.tmp  ", "a\\ \r", "!b.tmp", "\\#c"));

    assertThat(excludes(rules, "x.tmp")).isTrue();
    assertThat(excludes(rules, "a ")).isTrue();
    assertThat(excludes(rules, "a")).isFalse();
    assertThat(excludes(rules, "b.tmp")).isFalse();
    assertThat(excludes(rules, "#c")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "a//", "//a", "[a", "a[", "[[:what:]]", "a\\", "!", "[]"})
  void aPatternThatCouldNeverMatchIsRefused(String pattern) {
    assertThatThrownBy(() -> PathRules.all().exclude(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFaultInAFileIsToldWithItsLine() {
    assertThatThrownBy(() -> PathRules.all().excludeLines(List.of("a", "[b")))
        .hasMessage("line 2: [ without ]");
  }

  @Test
  void manyStarsTakeNoTime() {
    PathPattern slow = PathPattern.of("*a".repeat(400) + "b");

    assertThat(slow.matches("a".repeat(4000), false)).isFalse();
  }
}
