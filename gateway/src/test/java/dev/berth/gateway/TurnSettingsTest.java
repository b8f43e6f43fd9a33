package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.admission.Network;
import dev.berth.gateway.TurnSettings.Weight;
import dev.berth.limits.Share;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose share is larger. */
class TurnSettingsTest {
  private static final TurnSettings TURNS =
      new TurnSettings(
          1,
          10,
          List.of(
              new Weight.OfAccount("ann", 3),
              new Weight.OfClients(Network.parse("192.0.2.7"), 5),
              new Weight.OfClients(Network.parse("192.0.2.0/24"), 2),
              new Weight.OfAccount("ann", 9)));

  private static Share share(String user, String address) throws Exception {
    return TURNS.share(user, InetAddress.getByName(address));
  }

  @Test
  void anOwnUserIsAClientOfItsAccountWithBothWeightsAndNoMoreThanTheMost() throws Exception {
    InetAddress client = InetAddress.getByName("192.0.2.7");
    TurnSettings large =
        new TurnSettings(
            1,
            10,
            List.of(
                new Weight.OfAccount("ann", 50),
                new Weight.OfClients(Network.parse("192.0.2.0/24"), 50)));

    assertThat(TURNS.shareOfOwn("ann", client)).isEqualTo(new Share("ann", 1, 15));
    assertThat(large.shareOfOwn("ann", client)).isEqualTo(new Share("ann", 1, Share.MOST));
  }

  @Test
  void addressesOfOneCustomerAreOneClient() throws Exception {
    Share one = share("bob", "2001:db8:1:2::7");

    assertThat(share("bob", "2001:db8:1:2:ffff::1")).isEqualTo(one);
    assertThat(share("bob", "2001:db8:1:3::7")).isNotEqualTo(one);
  }

  @Test
  void deliveriesAreOneClientOfTheirAccount() {
    assertThat(TURNS.shareOfDeliveries("ann")).isEqualTo(new Share("deliveries", 3, 1));
  }

  @Test
  void theFirstWeightThatFitsCountsOfAccountsAndOfClients() throws Exception {
    assertThat(share("ann", "192.0.2.7")).isEqualTo(new Share("192.0.2.7", 3, 5));
    assertThat(share("ann", "192.0.2.8")).isEqualTo(new Share("192.0.2.8", 3, 2));
    assertThat(share("bob", "198.51.100.1")).isEqualTo(new Share("198.51.100.1", 1, 1));
  }
}
