(* SPDX-License-Identifier: Apache-2.0 *)

(** EAPOL-Key frames, in which keys are agreed upon (IEEE 802.11-2020, 12.7.2; IEEE 802.1X-2010, 11.3). Here a frame is
    what stands behind the Ethernet header. *)

val ethertype : int
(** 0x888E. *)

type t = {
  pairwise : bool;  (** of the 4-way handshake, else of the group key handshake *)
  install : bool;
  ack : bool;  (** from the authenticator, to be answered *)
  mic_present : bool;
  secure : bool;
  encrypted : bool;  (** the key data are wrapped *)
  error : bool;
  request : bool;
  key_length : int;
  replay : string;  (** counter, 8 bytes, most significant first: [String.compare] orders them *)
  nonce : string;  (** 32 bytes *)
  rsc : string;  (** receive sequence counter, 8 bytes: the packet number of the group key, {e least} significant first *)
  data : string;  (** key data *)
}

val parse : Cstruct.t -> t option
(** [None]: not EAPOL-Key, of another descriptor than RSN's with HMAC-SHA1 and AES (version 2), or it ends too early.
    Bytes behind its end do not count. *)

val build : t -> Cstruct.t
(** With a MIC of zeros. [data] has 60,000 bytes at most. *)

val mic : Cstruct.t -> string
(** The 16 bytes of a frame that [parse] understands or [build] made. *)

val set_mic : Cstruct.t -> string -> unit

val without_mic : Cstruct.t -> Cstruct.t
(** A copy up to the frame's end, with a MIC of zeros: what the MIC is made of. *)
