using System.Globalization;

namespace Slipway.Agent.Balancing;

/// <summary>How many connections clients have open to a port of this machine, as the kernel sees them.</summary>
internal static class OpenConnections
{
    private const string Established = "01";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    public static int To(uint port) => Tables.Where(File.Exists).Sum(table => Count(File.ReadLines(table), port));

    /// <summary>Lines are "number: local-address:PORT remote-address:PORT STATE …", all in hexadecimal, below one line of titles.</summary>
    public static int Count(IEnumerable<string> table, uint port)
    {
        var local = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return table.Skip(1)
            .Select(line => line.Split(' ', 5, StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields is [_, var address, _, Established, ..] && address.EndsWith(local, StringComparison.Ordinal));
    }
}
