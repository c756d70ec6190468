using System.Security.Cryptography;

namespace Slipway.FakeGate.Executions;

internal static class Ulid
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(DateTimeOffset at)
    {
        Span<char> text = stackalloc char[26];
        var time = at.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--, time /= 32)
            text[i] = Alphabet[(int)(time % 32)];

        RandomNumberGenerator.GetItems(Alphabet.AsSpan(), text[10..]);
        return new(text);
    }
}
