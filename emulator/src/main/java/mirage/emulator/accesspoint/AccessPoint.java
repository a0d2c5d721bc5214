// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Heard;
import mirage.emulator.air.Resident;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Ccmp;
import mirage.emulator.wlan.Mpdu;
import mirage.emulator.wlan.Wpa;

/**
 * An access point (IEEE 802.11 b and g): beacons, probes, authentication, association, WPA2, and a bridge between its stations
 * and a wire. Frames to stations that sleep are not kept for them.
 */
public final class AccessPoint implements Resident {
  /** Reasons for the end of an association (9.4.1.7). */
  static final int LEAVING = 3;

  static final int NOT_AUTHENTICATED = 6;
  static final int NOT_ASSOCIATED = 7;
  static final int HANDSHAKE_TIMEOUT = 15;

  /** Status codes (9.4.1.9). */
  private static final int SUCCESS = 0;

  private static final int REFUSED = 1;
  private static final int NO_SUCH_ALGORITHM = 13;
  private static final int OUT_OF_SEQUENCE = 14;
  private static final int FULL = 17;
  private static final int INVALID_ELEMENT = 40;

  private static final int MEMBERS = 2007;

  /** Frames from the wire that wait at most; the others wait on the wire. */
  private static final int QUEUE = 16;

  private final Settings settings;
  private final FrameLink wire;
  private final Announcements announcements;
  private final Outbox outbox;
  private final byte[] master;
  private final SplittableRandom chance;
  private final Map<Address, Member> members = new TreeMap<>();
  private GroupKey group;
  private GroupKey nextGroup;
  private boolean on = true;
  private int sequence;
  private long nextBeacon;
  private long now;

  /**
   * @param wire its Ethernet
   */
  public AccessPoint(Settings settings, FrameLink wire, Antenna antenna) {
    this.settings = settings;
    this.wire = wire;
    antenna.tune(settings.channel());
    announcements = new Announcements(settings);
    outbox = new Outbox(antenna);
    master =
        settings
            .passphrase()
            .map(passphrase -> Wpa.masterKey(passphrase, settings.ssidBytes()))
            .orElse(null);
    chance = new SplittableRandom(settings.seed());
    group = new GroupKey(1, random(16));
    nextBeacon = Announcements.INTERVAL;
  }

  /** Stations that are associated and, with WPA2, have proved that they know the passphrase. */
  public List<Address> stations() {
    return members.values().stream().filter(this::open).map(member -> member.address).toList();
  }

  /** Switches it off, or on again; it forgets its stations. */
  public void setOn(boolean wanted) {
    on = wanted;
    members.clear();
    outbox.clear();
  }

  /** Gives all stations another group key. */
  public void renewGroupKey() {
    nextGroup = new GroupKey(3 - group.id(), random(16));
    for (Member member : List.copyOf(members.values())) {
      if (member.handshake != null && member.handshake.done()) {
        member.handshake.renew(now, nextGroup);
      }
    }
    useNextGroupKey();
  }

  /** Sends a station away. */
  public void dismiss(Address station) {
    deauthenticate(now, station, LEAVING);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    chance.nextBytes(bytes);
    return bytes;
  }

  // What it does by itself.

  @Override
  public boolean takesInput() {
    return on && outbox.size() < QUEUE;
  }

  @Override
  public long due() {
    if (!on) {
      return Antenna.NEVER;
    }
    long due = Math.min(nextBeacon, outbox.due());
    if (takesInput()) {
      due = Math.min(due, wire.arrival());
    }
    for (Member member : members.values()) {
      due = Math.min(due, member.handshake == null ? due : member.handshake.due());
    }
    return due;
  }

  @Override
  public void act(long tick) {
    now = tick;
    if (outbox.due() <= tick) {
      outbox.act(tick);
    } else if (nextBeacon <= tick) {
      nextBeacon = (tick / Announcements.INTERVAL + 1) * Announcements.INTERVAL;
      send(tick, start -> announcements.beacon(start, nextSequence()), result -> {});
    } else if (takesInput() && wire.arrival() <= tick) {
      Ether.of(Frames.content(wire.receive(tick))).ifPresent(frame -> toStations(tick, frame));
    } else {
      for (Member member : List.copyOf(members.values())) {
        if (member.handshake != null && member.handshake.due() <= tick) {
          member.handshake.act(tick);
        }
      }
    }
  }

  private void send(
      long tick, java.util.function.LongFunction<Mpdu> maker, Consumer<Outbox.Result> whenDone) {
    outbox.add(tick, maker, whenDone);
  }

  private int nextSequence() {
    sequence = sequence + 1 & 0xFFF;
    return sequence;
  }

  private void manage(
      long tick, int subtype, Address to, byte[] body, Consumer<Outbox.Result> whenDone) {
    send(
        tick,
        start ->
            Mpdu.management(subtype, to, settings.bssid(), settings.bssid(), nextSequence(), body),
        whenDone);
  }

  // What it hears.

  @Override
  public void hear(long tick, Heard heard) {
    now = tick;
    if (!on) {
      return;
    }
    Mpdu.of(heard.frame())
        .ifPresent(
            frame -> {
              boolean forUs = frame.receiver().equals(settings.bssid());
              if (forUs) {
                heard.acknowledge();
              }
              Member member = members.get(frame.transmitter());
              boolean repeated = member != null && forUs && member.repeats(frame);
              if (!repeated && frame.type() == Mpdu.MANAGEMENT) {
                manage(tick, frame);
              } else if (!repeated && forUs && frame.toDs() && !frame.fromDs()) {
                data(tick, frame);
              }
            });
  }

  private void manage(long tick, Mpdu frame) {
    Address from = frame.transmitter();
    if (frame.subtype() == Mpdu.PROBE_REQUEST) {
      if (announcements.answers(frame)) {
        send(tick, start -> announcements.answer(start, from, nextSequence()), result -> {});
      }
    } else if (frame.receiver().equals(settings.bssid())) {
      switch (frame.subtype()) {
        case Mpdu.AUTHENTICATION -> authenticate(tick, from, frame.body());
        case Mpdu.ASSOCIATION_REQUEST, Mpdu.REASSOCIATION_REQUEST -> associate(tick, frame);
        case Mpdu.DISASSOCIATION, Mpdu.DEAUTHENTICATION -> members.remove(from);
        default -> {
          // Nothing that this access point does.
        }
      }
    }
  }

  private void authenticate(long tick, Address from, byte[] body) {
    if (body.length < 6) {
      return;
    }
    int algorithm = Announcements.word(body, 0);
    int status =
        algorithm != 0
            ? NO_SUCH_ALGORITHM
            : Announcements.word(body, 2) != 1 ? OUT_OF_SEQUENCE : SUCCESS;
    if (status == SUCCESS) {
      if (!members.containsKey(from) && members.size() == MEMBERS) {
        status = FULL;
      } else {
        members.put(from, new Member(from));
      }
    }
    byte[] answer = {(byte) algorithm, (byte) (algorithm >> 8), 2, 0, (byte) status, 0};
    manage(tick, Mpdu.AUTHENTICATION, from, answer, result -> {});
  }

  private void associate(long tick, Mpdu request) {
    Address from = request.transmitter();
    Member member = members.get(from);
    if (member == null) {
      deauthenticate(tick, from, NOT_AUTHENTICATED);
      return;
    }
    boolean again = request.subtype() == Mpdu.REASSOCIATION_REQUEST;
    int status =
        announcements.judge(request.body(), again ? 4 + Address.LENGTH : 4)
            ? SUCCESS
            : announcements.named(request.body(), again ? 4 + Address.LENGTH : 4)
                ? INVALID_ELEMENT
                : REFUSED;
    if (status == SUCCESS) {
      member.associate(member.associated() ? member.associationId : freeId());
    }
    byte[] answer = announcements.association(status, member.associationId);
    int subtype = again ? Mpdu.REASSOCIATION_RESPONSE : Mpdu.ASSOCIATION_RESPONSE;
    boolean begin = status == SUCCESS && master != null;
    manage(
        tick,
        subtype,
        from,
        answer,
        result -> {
          if (begin && result.arrived() && members.get(from) == member) {
            member.handshake = handshake(member);
            member.handshake.start(result.tick());
          }
        });
  }

  private int freeId() {
    int id = 1;
    while (taken(id)) {
      id++;
    }
    return id;
  }

  private boolean taken(int id) {
    return members.values().stream().anyMatch(member -> member.associationId == id);
  }

  private void deauthenticate(long tick, Address station, int reason) {
    members.remove(station);
    byte[] body = {(byte) reason, 0};
    manage(tick, Mpdu.DEAUTHENTICATION, station, body, result -> {});
  }

  private Handshake handshake(Member member) {
    return new Handshake(
        settings.bssid(),
        member.address,
        master,
        random(Wpa.NONCE),
        nextGroup != null ? nextGroup : group,
        new Handshake.Surroundings() {
          @Override
          public void send(long tick, byte[] message) {
            toStation(
                tick,
                member,
                Ether.of(member.address, settings.bssid(), Handshake.ETHER_TYPE, message));
          }

          @Override
          public void keysAgreed(byte[] temporal) {
            member.setKey(temporal);
          }

          @Override
          public void groupKeyTaken() {
            useNextGroupKey();
          }

          @Override
          public void failed(long tick) {
            deauthenticate(tick, member.address, HANDSHAKE_TIMEOUT);
            useNextGroupKey();
          }
        });
  }

  /** Once all stations have it. */
  private void useNextGroupKey() {
    boolean all =
        members.values().stream().allMatch(it -> it.handshake == null || it.handshake.done());
    if (nextGroup != null && all) {
      group = nextGroup;
      nextGroup = null;
    }
  }

  // Data.

  /** Whether a station may send and receive data. */
  private boolean open(Member member) {
    return member.associated() && (master == null || member.keyed());
  }

  private void data(long tick, Mpdu frame) {
    Member member = members.get(frame.transmitter());
    if (member == null || !member.associated()) {
      deauthenticate(tick, frame.transmitter(), NOT_ASSOCIATED);
      return;
    }
    if (!frame.carriesData()) {
      return;
    }
    byte[] body = frame.body();
    if (frame.isProtected()) {
      body = decrypted(member, frame);
    }
    Ether.ofBody(frame.third(), member.address, body)
        .ifPresent(
            packet -> {
              if (packet.type() == Handshake.ETHER_TYPE) {
                if (member.handshake != null) {
                  member.handshake.receive(tick, packet.content());
                }
              } else if (open(member) && frame.isProtected() == member.keyed()) {
                forward(tick, packet);
              }
            });
  }

  private static byte[] decrypted(Member member, Mpdu frame) {
    if (!member.keyed() || !Ccmp.fits(frame)) {
      return new byte[0];
    }
    return member
        .cipher()
        .decrypt(frame)
        .filter(clear -> member.fresh(frame))
        .map(clear -> new Mpdu(clear).body())
        .map(body -> java.util.Arrays.copyOfRange(body, Ccmp.HEADER, body.length))
        .orElse(new byte[0]);
  }

  /** From a station to wherever it goes. */
  private void forward(long tick, Ether packet) {
    boolean own = members.containsKey(packet.destination());
    if (packet.destination().several() || own) {
      toStations(tick, packet);
    }
    if (!own && !packet.destination().equals(settings.bssid())) {
      wire.send(tick, Frames.seal(packet.bytes()));
    }
  }

  private void toStations(long tick, Ether packet) {
    if (packet.destination().several()) {
      if (!stations().isEmpty()) {
        send(tick, start -> toAll(packet), result -> {});
      }
    } else {
      Member member = members.get(packet.destination());
      if (member != null && open(member)) {
        toStation(tick, member, packet);
      }
    }
  }

  private Mpdu toAll(Ether packet) {
    if (master == null) {
      return fromDs(packet, false, packet.body());
    }
    byte[] body = concatenate(group.nextHeader(), packet.body());
    return new Mpdu(group.cipher().encrypt(fromDs(packet, true, body)));
  }

  private void toStation(long tick, Member member, Ether packet) {
    send(
        tick,
        start -> {
          if (!member.keyed()) {
            return fromDs(packet, false, packet.body());
          }
          byte[] body = concatenate(member.nextHeader(), packet.body());
          return new Mpdu(member.cipher().encrypt(fromDs(packet, true, body)));
        },
        result -> {});
  }

  private Mpdu fromDs(Ether packet, boolean isProtected, byte[] body) {
    return Mpdu.fromDs(
        packet.destination(), settings.bssid(), packet.source(), nextSequence(), isProtected, body);
  }

  private static byte[] concatenate(byte[] one, byte[] other) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
