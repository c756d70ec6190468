using Microsoft.EntityFrameworkCore;
using Slipway.Server.Versions.Shared;

namespace Slipway.Server.Cluster;

/// <summary>The tables that only a database shared by nodes has.</summary>
internal static class SharedTables
{
    public static void Configure(ModelBuilder model)
    {
        NodeRow.Configure(model);
        NodesVersionRow.Configure(model);
        KeyRow.Configure(model);
        SharedArtifactRow.Configure(model);
        SharedArtifactPart.Configure(model);
    }
}
