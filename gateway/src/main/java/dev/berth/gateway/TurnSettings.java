package dev.berth.gateway;

import dev.berth.admission.Network;
import dev.berth.limits.Share;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * How the clients of one upstream take turns. Who has had least of its connections is served first:
 * the accounts alike, and the clients of an account alike, each by its weight.
 *
 * @param reserve how many connections transfers leave to short commands and listings; 0 to 1,000.
 *     Where the server allows but one it is for all
 * @param queue how many may wait at once; 1 to 1,000,000
 * @param weights whose share is larger; the first that fits counts, without one it is 1
 */
public record TurnSettings(int reserve, int queue, List<Weight> weights) {
  private static final int CUSTOMER_BITS = 64;

  /** How many times as much as others somebody may have. */
  public sealed interface Weight {
    /** Of an account, beside other accounts. */
    record OfAccount(String user, int weight) implements Weight {}

    /** Of each client from there, beside other clients of the same account. */
    record OfClients(Network addresses, int weight) implements Weight {}
  }

  /**
   * One connection for short commands, since clients wait no longer than 10 s for their replies; a
   * thousand who wait, so that who would be served after minutes is told so at once.
   */
  public static final TurnSettings USUAL = new TurnSettings(1, 1000, List.of());

  public TurnSettings {
    weights = List.copyOf(weights);
  }

  /** What is due to the deliveries for an account: that of one of its clients. */
  Share shareOfDeliveries(String user) {
    return new Share("deliveries", ofAccount(user), 1);
  }

  /** What is due to one of the gateway's own users: they share what one account has. */
  Share shareOfOwn(String user, InetAddress client) {
    Share here = share(user, client);
    return new Share(user, 1, Math.min(Share.MOST, here.ofAccount() * here.ofClient()));
  }

  /** What is due to a client who is logged in. */
  Share share(String user, InetAddress client) {
    return new Share(name(client), ofAccount(user), ofClient(client));
  }

  /** One customer has a /64 of IPv6 at least, and shall not be as many clients as he likes. */
  private static String name(InetAddress client) {
    return client instanceof Inet6Address
        ? Network.of(client, CUSTOMER_BITS).toString()
        : client.getHostAddress();
  }

  private int ofAccount(String user) {
    for (Weight weight : weights) {
      if (weight instanceof Weight.OfAccount(String name, int times) && name.equals(user)) {
        return times;
      }
    }
    return 1;
  }

  private int ofClient(InetAddress client) {
    for (Weight weight : weights) {
      if (weight instanceof Weight.OfClients(Network addresses, int times)
          && addresses.contains(client)) {
        return times;
      }
    }
    return 1;
  }
}
