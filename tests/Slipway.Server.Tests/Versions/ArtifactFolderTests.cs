using Microsoft.AspNetCore.Builder;

namespace Slipway.Server.Tests.Versions;

public sealed class ArtifactFolderTests : ArtifactStoreContract
{
    private protected override Task<TestServer> StartAsync(Action<WebApplicationBuilder>? adjust = null) => TestServer.StartAsync(adjust);
}
