let print file text = output_string (Unix.out_channel_of_descr file) (Rot13.string text)
