using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Slipway.Server.Access;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Access;

public sealed class CertificateRenewalTests : IDisposable
{
    private readonly DataDirectory data = new(Directory.CreateTempSubdirectory("slipway-test-").FullName);
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    public CertificateRenewalTests() => data.Create();

    [Fact]
    public void The_servers_certificate_is_kept_until_its_last_thirty_days()
    {
        var first = Open().ServerCertificate.Thumbprint;
        Assert.Equal(first, Open().ServerCertificate.Thumbprint);
        clock.Advance(TimeSpan.FromDays(340));
        Assert.NotEqual(first, Open().ServerCertificate.Thumbprint);
    }

    [Fact]
    public void New_host_names_make_a_new_one_of_the_same_ca()
    {
        var first = Open();
        var second = Open("deploy.example.com, 10.1.2.3");
        Assert.NotEqual(first.ServerCertificate.Thumbprint, second.ServerCertificate.Thumbprint);
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.True(second.ServerCertificate.MatchesHostname("deploy.example.com"));
        Assert.True(second.ServerCertificate.MatchesHostname("10.1.2.3"));
    }

    public void Dispose() => Directory.Delete(data.Path, recursive: true);

    private CertificateAuthority Open(string? hostNames = null) => new(
        new CertificateUse(true, ["https://127.0.0.1:8443"]),
        new CertificateFiles(data),
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Slipway:HostNames"] = hostNames }).Build(),
        clock);
}
