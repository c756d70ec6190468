using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Slipway.Agent.Health;

/// <summary>An HTTP/1.x answer, cut off after 64 KB.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private const int MaximumSize = 64 * 1024;

    /// <returns>Null for what is not HTTP.</returns>
    public static async Task<HttpAnswer?> ReadAsync(Socket socket, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaximumSize);
        try
        {
            var length = 0;
            while (length < MaximumSize && !IsComplete(buffer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length, MaximumSize - length), cancellation);
                if (read == 0)
                    break;
                length += read;
            }

            return Parse(Encoding.UTF8.GetString(buffer, 0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static HttpAnswer? Parse(string text)
    {
        var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (headEnd < 0 || !text.StartsWith("HTTP/1.", StringComparison.Ordinal))
            return null;

        var lines = text[..headEnd].Split("\r\n");
        if (lines[0].Split(' ', 3) is not [_, var code, ..] || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return null;

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                headers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        var body = text[(headEnd + 4)..];
        var chunked = headers.GetValueOrDefault("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;
        return new(status, headers, chunked ? Join(body) : body);
    }

    /// <summary>Looks for the end without parsing twice: a body of the announced length, or the last chunk.</summary>
    private static bool IsComplete(ReadOnlySpan<byte> bytes)
    {
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return false;

        var head = Encoding.ASCII.GetString(bytes[..headEnd]);
        var body = bytes[(headEnd + 4)..];
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            return body.EndsWith("0\r\n\r\n"u8);

        const string name = "\r\nContent-Length:";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return false;

        var value = head.AsSpan(at + name.Length);
        if (value.IndexOf('\r') is >= 0 and var end)
            value = value[..end];
        return int.TryParse(value, CultureInfo.InvariantCulture, out var length) && body.Length >= length;
    }

    /// <summary>The chunks without their lengths; lengths count bytes, so a chunk that ends within a character may be off by a little.</summary>
    private static string Join(string chunked)
    {
        var joined = new StringBuilder(chunked.Length);
        var bytes = Encoding.UTF8.GetBytes(chunked).AsSpan();
        while (bytes.IndexOf("\r\n"u8) is > 0 and var lineEnd)
        {
            var size = Encoding.ASCII.GetString(bytes[..lineEnd]).Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) || length <= 0)
                break;

            bytes = bytes[(lineEnd + 2)..];
            length = Math.Min(length, bytes.Length);
            joined.Append(Encoding.UTF8.GetString(bytes[..length]));
            bytes = bytes[Math.Min(bytes.Length, length + 2)..];
        }

        return joined.ToString();
    }
}
