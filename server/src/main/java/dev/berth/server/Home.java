package dev.berth.server;

/**
 * A home folder, of as many accounts as have it. Any thread may call it.
 *
 * @param tree what is below it
 * @param usage how much that is
 */
record Home(Tree tree, Usage usage) {}
