(* SPDX-License-Identifier: Apache-2.0 *)

(** A network interface over a radio, as a station or as a soft access point. *)

type event = Station of Wifi_station.event | Access_point of Wifi_access_point.event

val pp_event : Format.formatter -> event -> unit
(** A sentence for people. No passphrase, no key. *)

module Make (Radio : Wifi_radio.S) (_ : Mirage_time.S) : sig
  include Mirage_net.S
  (** Without a link, what is written is dropped, as by a cable that leads nowhere. *)

  val create : ?mode:Wifi_cipher.mode -> random:(int -> string) -> Radio.t -> t
  (** Of a radio that nobody else uses; once. It is a station without a network. Keys are the hardware's affair unless
      said otherwise. [random n] gives [n] bytes for keys. *)

  (** {1 Station} *)

  val join : t -> ssid:string -> ?passphrase:string -> unit -> (unit, string) result Lwt.t
  (** Leaves what it is in; from now on it is in this network, or tries to be, until {!leave}. Resolved when it is in, or
      when the first try has failed; the others go on behind the scenes, and the log tells of them. The error is a
      sentence for people. The passphrase, if there is one, has 8 to 63 characters, or 64 hexadecimal digits. *)

  val leave : t -> unit Lwt.t
  (** The network that it has joined or offers. *)

  val scan : t -> ?ssid:string -> unit -> Wifi_network.seen list Lwt.t
  (** The networks that are heard, the strongest first; takes a second. With [ssid] also a hidden one. Nothing while it is
      an access point. *)

  val access_point : t -> Wifi_network.seen option
  (** The one that it is linked with. *)

  val signal : t -> int option
  (** How strong the access point was heard last, in dBm. *)

  (** {1 Access point} *)

  val serve : t -> ssid:string -> ?passphrase:string -> ?channel:int -> unit -> (unit, string) result Lwt.t
  (** Becomes an access point, on channel 1 unless said otherwise (1 to 13). *)

  val stations : t -> Macaddr.t list
  (** That are linked with it. *)

  (** {1 Both} *)

  val watch : t -> (event -> unit) -> unit
  (** Calls the function with all that happens from now on, besides those it was called with before. It must not raise. *)
end
