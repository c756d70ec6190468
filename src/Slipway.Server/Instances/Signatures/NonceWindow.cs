using System.Globalization;

namespace Slipway.Server.Instances.Signatures;

/// <summary>
/// The nonces one instance has used lately, so that a signature counts once. Kept for each instance and only after its signature was found good:
/// strangers cost no memory, and one instance cannot use up another's.
/// </summary>
internal sealed class NonceWindow
{
    public const int Capacity = 512;

    private readonly Lock gate = new();
    private (UInt128 Nonce, long Until)[] used = [];
    private int count;

    public NonceAnswer Use(string text, DateTimeOffset until, DateTimeOffset now)
    {
        if (text.Length != 32 || !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var nonce))
            return NonceAnswer.Malformed;

        lock (gate)
        {
            Forget(now.ToUnixTimeMilliseconds());
            for (var i = 0; i < count; i++)
            {
                if (used[i].Nonce == nonce)
                    return NonceAnswer.UsedBefore;
            }

            if (count == Capacity)
                return NonceAnswer.TooMany;

            if (count == used.Length)
                Array.Resize(ref used, Math.Max(2, count * 2));

            used[count++] = (nonce, until.ToUnixTimeMilliseconds());
            return NonceAnswer.Fresh;
        }
    }

    private void Forget(long now)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (used[i].Until >= now)
                used[kept++] = used[i];
        }

        count = kept;
    }
}

internal enum NonceAnswer
{
    Fresh,
    UsedBefore,
    Malformed,
    TooMany,
}
