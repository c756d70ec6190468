using Slipway.Server.Engine;

namespace Slipway.Server.Tests.Api;

public sealed class FreePortTests
{
    [Fact]
    public void The_silos_port_is_none_that_the_kernel_gives_to_somebody_else_meanwhile()
    {
        var first = OperatingSystem.IsLinux() ? int.Parse(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture) : 49_152;
        for (var i = 0; i < 200; i++)
            Assert.InRange(EngineModule.FreePort(), 1_024, Math.Max(first - 1, 20_000));
    }
}
