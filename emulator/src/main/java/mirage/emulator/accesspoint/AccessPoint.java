// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.accesspoint;

import java.util.List;
import java.util.Optional;
import mirage.emulator.air.Antenna;
import mirage.emulator.air.Heard;
import mirage.emulator.air.Resident;
import mirage.emulator.board.FrameLink;
import mirage.emulator.board.Frames;
import mirage.emulator.wlan.Address;
import mirage.emulator.wlan.Mpdu;

/**
 * An access point (IEEE 802.11 b and g): beacons, probes, authentication, association, WPA2, and a bridge between its stations
 * and a wire. Frames to stations that sleep are not kept for them.
 */
public final class AccessPoint implements Resident {
  /** Frames that wait at most; those of the wire wait there. */
  private static final int QUEUE = 16;

  private final Address bssid;
  private final FrameLink wire;
  private final Optional<Security> security;
  private final Announcements announcements;
  private final Members members = new Members();
  private final Voice voice;
  private final Bridge bridge;
  private final Admission admission;
  private boolean on = true;
  private long nextBeacon = Announcements.INTERVAL;
  private long now;

  /**
   * @param wire its Ethernet
   */
  public AccessPoint(Settings settings, FrameLink wire, Antenna antenna) {
    this.wire = wire;
    bssid = settings.bssid();
    antenna.tune(settings.channel());
    security = settings.passphrase().map(passphrase -> new Security(settings, passphrase));
    announcements = new Announcements(settings);
    voice = new Voice(bssid, antenna);
    bridge = new Bridge(bssid, security, members, wire, voice);
    admission = new Admission(bssid, security, announcements, members, voice, bridge);
  }

  /** Stations that are associated and, with WPA2, have proved that they know the passphrase. */
  public List<Address> stations() {
    return members.all().stream().filter(bridge::open).map(member -> member.address).toList();
  }

  /** Switches it off, or on again; it forgets its stations. */
  public void setOn(boolean wanted) {
    on = wanted;
    members.clear();
    voice.outbox().clear();
  }

  /** Gives all stations another group key, if there is one. */
  public void renewGroupKey() {
    security.ifPresent(it -> admission.renewGroupKey(now, it));
  }

  /** Sends a station away. */
  public void dismiss(Address station) {
    admission.deauthenticate(now, station, Admission.LEAVING);
  }

  @Override
  public boolean takesInput() {
    return on && voice.outbox().size() < QUEUE;
  }

  @Override
  public long due() {
    if (!on) {
      return Antenna.NEVER;
    }
    long due = Math.min(nextBeacon, voice.outbox().due());
    if (takesInput()) {
      due = Math.min(due, wire.arrival());
    }
    for (Member member : members.all()) {
      due = Math.min(due, member.due());
    }
    return due;
  }

  @Override
  public void act(long tick) {
    now = tick;
    if (voice.outbox().due() <= tick) {
      voice.outbox().act(tick);
    } else if (nextBeacon <= tick) {
      nextBeacon = (tick / Announcements.INTERVAL + 1) * Announcements.INTERVAL;
      voice.manage(tick, Mpdu.BEACON, Address.BROADCAST, announcements::beacon, Voice.WHATEVER);
    } else if (takesInput() && wire.arrival() <= tick) {
      Ether.of(Frames.content(wire.receive(tick)))
          .ifPresent(frame -> bridge.toStations(tick, frame));
    } else {
      members.all().stream()
          .filter(member -> member.due() <= tick)
          .forEach(member -> member.handshake.act(tick));
    }
  }

  @Override
  public void hear(long tick, Heard heard) {
    now = tick;
    if (on) {
      Mpdu.of(heard.frame()).ifPresent(frame -> hear(tick, frame, heard));
    }
  }

  private void hear(long tick, Mpdu frame, Heard heard) {
    boolean forUs = frame.receiver().equals(bssid);
    if (forUs) {
      heard.acknowledge();
    }
    Optional<Member> member = members.find(frame.transmitter());
    if (forUs && member.isPresent() && member.get().repeats(frame)) {
      return;
    }
    if (frame.type() == Mpdu.MANAGEMENT) {
      manage(tick, frame, forUs);
    } else if (forUs && frame.toDs() && !frame.fromDs()) {
      if (member.filter(Member::associated).isPresent()) {
        bridge.receive(tick, member.get(), frame);
      } else {
        admission.deauthenticate(tick, frame.transmitter(), Admission.NOT_ASSOCIATED);
      }
    }
  }

  private void manage(long tick, Mpdu frame, boolean forUs) {
    Address from = frame.transmitter();
    if (frame.subtype() == Mpdu.PROBE_REQUEST) {
      if (announcements.answers(frame)) {
        voice.manage(tick, Mpdu.PROBE_RESPONSE, from, announcements::answer, Voice.WHATEVER);
      }
    } else if (forUs) {
      switch (frame.subtype()) {
        case Mpdu.AUTHENTICATION -> admission.authenticate(tick, from, frame.body());
        case Mpdu.ASSOCIATION_REQUEST, Mpdu.REASSOCIATION_REQUEST ->
            admission.associate(tick, frame);
        case Mpdu.DISASSOCIATION, Mpdu.DEAUTHENTICATION -> members.remove(from);
        default -> {
          // Nothing that this access point does.
        }
      }
    }
  }
}
