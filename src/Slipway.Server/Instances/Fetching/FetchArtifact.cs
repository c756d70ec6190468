using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Instances.Signatures;
using Slipway.Server.Persistence;
using Slipway.Server.Versions;

namespace Slipway.Server.Instances.Fetching;

/// <summary>GET /agent/v1/artifacts/{sha256}: the file of a version of a service that the instance runs. Ranges, so that a download can go on.</summary>
internal static class FetchArtifact
{
    public static void Map(IEndpointRouteBuilder agents) =>
        agents.MapGet("/agent/v1/artifacts/{sha256}", HandleAsync).WithMetadata(new AgentOnly()).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        ArtifactDigest sha256, CallingInstance caller, IDbContextFactory<SlipwayDb> databases, IArtifactStore artifacts, HttpContext context)
    {
        ServiceName[] services = [.. caller.Instance.Members.Where(member => member.State.Assigned.Member).Select(member => member.Service)];
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        var isOwn = await db.Set<VersionRow>().AnyAsync(row => row.Artifact == sha256 && services.Contains(row.Service), context.RequestAborted);

        WholeBlocks.Use(context);

        // The same answer for what is not there and for what is not theirs.
        return isOwn ? await ArtifactEndpoints.ContentAsync(sha256, artifacts, context.RequestAborted) : Refusal.NotFound("artifact", sha256).ToResult();
    }
}
