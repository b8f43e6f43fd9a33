package dev.berth.dialects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ListingEntryTest {
  @Test
  void entriesWithTheSameFactsAreEqual() {
    ListingEntry one = ListingEntry.named("f", ListingEntry.Type.FILE).size(5).owner("a").build();
    ListingEntry same = ListingEntry.named("f", ListingEntry.Type.FILE).size(5).owner("a").build();
    ListingEntry other = ListingEntry.named("f", ListingEntry.Type.FILE).size(6).owner("a").build();
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(one.toString()).contains("name=f", "sizeBytes=5");
  }

  @Test
  void whatIsNoEntryIsRefused() {
    assertThatThrownBy(() -> ListingEntry.named("", ListingEntry.Type.FILE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ListingEntry.named("f", ListingEntry.Type.FILE).size(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
