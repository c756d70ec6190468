namespace Slipway.Agent.Preparing.Archives;

/// <summary>Decompresses with libzstd straight into the reader's buffer. Frames that want more than libzstd's default window (128 MB) are refused by it.</summary>
internal sealed class NativeZstdStream(Stream compressed) : ReadOnlyStream
{
    private readonly byte[] input = new byte[128 * 1024];
    private nint context = ZstdLibrary.Create();
    private int start;
    private int end;
    private bool frameEnded = true;
    private bool sourceEnded;

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(context == 0, this);
        while (true)
        {
            if (start == end && !sourceEnded)
            {
                (start, end) = (0, compressed.Read(input, 0, input.Length));
                sourceEnded = end == 0;
            }

            if (sourceEnded && start == end && frameEnded)
                return 0;

            if (!ZstdLibrary.TryDecompress(context, input.AsSpan(start, end - start), buffer, out var consumed, out var produced, out frameEnded))
                throw new InvalidDataException("The archive is damaged, or is not a zstd file.");

            start += consumed;
            if (produced > 0)
                return produced;
            if (sourceEnded && consumed == 0)
                return frameEnded ? 0 : throw new InvalidDataException("The archive is cut off: its zstd stream has no end.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (context != 0)
            ZstdLibrary.Free(context);

        context = 0;
        base.Dispose(disposing);
    }
}
