package dev.berth.gateway;

import dev.berth.pool.PoolSettings;

/**
 * Where a gateway keeps what it learns, and with whom it shares.
 *
 * @param limits where the limits that were learned are kept
 * @param neighbours with which programs of this machine its budgets are shared
 */
public record GatewayTerms(PoolSettings.Memory limits, PoolSettings.Neighbours neighbours) {}
