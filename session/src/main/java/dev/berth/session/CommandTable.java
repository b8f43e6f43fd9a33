package dev.berth.session;

import static dev.berth.session.CommandEntry.Argument.MAY;
import static dev.berth.session.CommandEntry.Argument.MUST;
import static dev.berth.session.CommandEntry.Argument.NONE;
import static dev.berth.session.CommandEntry.Phase.ALWAYS;
import static dev.berth.session.CommandEntry.Phase.LOGGED_IN;
import static dev.berth.session.CommandEntry.Phase.VISITING;

import dev.berth.session.CommandEntry.Argument;
import dev.berth.session.CommandEntry.Handler;
import dev.berth.session.CommandEntry.Phase;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All commands there are. docs/rfc-coverage.md tells of each what is done. */
final class CommandTable {
  private static final Map<String, CommandEntry> BY_VERB = new LinkedHashMap<>();

  static {
    add("USER", ALWAYS, MUST, "name", AccessCommands::user);
    add("PASS", ALWAYS, MAY, "password", AccessCommands::password);
    add("ACCT", ALWAYS, MUST, "account", AccessCommands::account);
    add("HOST", ALWAYS, MUST, "name", AccessCommands::host);
    add("REIN", ALWAYS, NONE, "", ProtectionCommands::reinitialize);
    add("QUIT", ALWAYS, NONE, "", AccessCommands::quit);
    add("AUTH", ALWAYS, MUST, "TLS", ProtectionCommands::authenticate);
    add("PBSZ", ALWAYS, MUST, "0", ProtectionCommands::bufferSize);
    add("PROT", ALWAYS, MUST, "C | P", ProtectionCommands::protection);
    add("CCC", ALWAYS, NONE, "", ProtectionCommands::clearControl);
    for (String verb : new String[] {"ADAT", "MIC", "CONF", "ENC"}) {
      add(verb, ALWAYS, MAY, "", ProtectionCommands::unused);
    }

    add("TYPE", LOGGED_IN, MUST, "A | I | L 8", ParameterCommands::type);
    add("STRU", LOGGED_IN, MUST, "F", ParameterCommands::structure);
    add("MODE", LOGGED_IN, MUST, "S | Z", ParameterCommands::mode);
    add("OPTS", ALWAYS, MUST, "UTF8 | MLST | HASH | MODE Z", ParameterCommands::options);
    add("LANG", ALWAYS, MAY, "EN", ParameterCommands::language);
    add("PORT", LOGGED_IN, MUST, "h1,h2,h3,h4,p1,p2", AddressCommands::port);
    add("EPRT", LOGGED_IN, MUST, "|family|address|port|", AddressCommands::extendedPort);
    add("PASV", LOGGED_IN, NONE, "", AddressCommands::passive);
    add("EPSV", LOGGED_IN, MAY, "1 | 2 | ALL", AddressCommands::extendedPassive);

    add("RETR", VISITING, MUST, "file", TransferCommands::retrieve);
    add("STOR", VISITING, MUST, "file", TransferCommands::store);
    add("STOU", VISITING, MAY, "file", TransferCommands::storeUnique);
    add("APPE", VISITING, MUST, "file", TransferCommands::append);
    add("REST", LOGGED_IN, MUST, "offset", TransferCommands::restart);
    add("RANG", VISITING, MUST, "first last", TransferCommands::range);
    add("ALLO", VISITING, MUST, "bytes", TransferCommands::allocate);
    add("ABOR", ALWAYS, NONE, "", TransferCommands::abort);
    add("LIST", VISITING, MAY, "[-a] [folder]", ListingCommands::list);
    add("NLST", VISITING, MAY, "[-a] [folder]", ListingCommands::names);
    add("MLSD", VISITING, MAY, "folder", ListingCommands::machineList);
    add("MLST", VISITING, MAY, "file", ListingCommands::machineEntry);
    add("STAT", ALWAYS, MAY, "file or folder", ListingCommands::status);

    add("PWD", VISITING, NONE, "", FolderCommands::print);
    add("CWD", VISITING, MAY, "folder", FolderCommands::change);
    add("CDUP", VISITING, NONE, "", FolderCommands::up);
    add("MKD", VISITING, MUST, "folder", FolderCommands::make);
    add("RMD", VISITING, MUST, "folder", FolderCommands::remove);
    // RFC 775; RFC 1123 section 4.1.3.1 wants them understood.
    add("XPWD", VISITING, NONE, "", FolderCommands::print);
    add("XCWD", VISITING, MAY, "folder", FolderCommands::change);
    add("XCUP", VISITING, NONE, "", FolderCommands::up);
    add("XMKD", VISITING, MUST, "folder", FolderCommands::make);
    add("XRMD", VISITING, MUST, "folder", FolderCommands::remove);

    add("DELE", VISITING, MUST, "file", FileCommands::delete);
    add("RNFR", VISITING, MUST, "file", FileCommands::renameFrom);
    add("RNTO", VISITING, MUST, "file", FileCommands::renameTo);
    add("SIZE", VISITING, MUST, "file", FileCommands::size);
    add("MDTM", VISITING, MUST, "[YYYYMMDDhhmmss] file", FileCommands::modified);
    add("MFMT", VISITING, MUST, "YYYYMMDDhhmmss file", FileCommands::setModified);
    add("MFF", VISITING, MUST, "fact=value;... file", FileCommands::setFacts);
    add("AVBL", VISITING, MAY, "folder", FileCommands::available);
    add("HASH", VISITING, MUST, "file", DigestCommands::hash);
    for (Digests digest : Digests.values()) {
      add(
          digest.verb(),
          VISITING,
          MUST,
          "file [first last]",
          (session, argument) -> DigestCommands.sum(session, digest, argument));
    }
    add("SITE", LOGGED_IN, MUST, "HELP | CHMOD | UTIME | WHO", SiteCommands::site);

    add("FEAT", ALWAYS, NONE, "", InformationCommands::features);
    add("SYST", ALWAYS, NONE, "", InformationCommands::system);
    add("HELP", ALWAYS, MAY, "command", InformationCommands::help);
    add("NOOP", ALWAYS, MAY, "", InformationCommands::noOperation);
    add("CLNT", ALWAYS, MAY, "name", InformationCommands::client);
    add("SMNT", LOGGED_IN, MAY, "", InformationCommands::notHere);
  }

  private CommandTable() {}

  private static void add(
      String verb, Phase phase, Argument argument, String syntax, Handler handler) {
    BY_VERB.put(verb, new CommandEntry(verb, phase, argument, syntax, handler));
  }

  /** The command with a verb, in upper case. */
  static Optional<CommandEntry> find(String verb) {
    return Optional.ofNullable(BY_VERB.get(verb));
  }

  static Collection<CommandEntry> all() {
    return Collections.unmodifiableCollection(BY_VERB.values());
  }
}
