using System.CommandLine;
using Slipway.Cli.Output;
using Slipway.Cli.Packing;
using Slipway.Cli.Running;
using Slipway.Client;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Cli.Commands.Versions;

/// <summary>slipway publish checkout 1.4.2 ./dist, slipway publish shop 2.0 --reference ami=us-east-1:ami-0abc</summary>
internal sealed class Publish : SlipwayCommand
{
    private readonly Argument<ServiceName> service;
    private readonly Argument<VersionName> version = Names.Typed<VersionName>("version", "The new version's name, for example 1.4.2");

    private readonly Argument<string?> path = new("path")
    {
        Description = "A folder (packed for you), an archive (.tar.gz .tar.zst .tar .zip), or any single file; none where the service's type needs no file",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> references = new("--reference")
    {
        Description = "An image or the like that was made elsewhere, for example ami=us-east-1:ami-0abc; once for each place",
        HelpName = "kind=location:id",
    };

    private readonly Option<string> commit = new("--commit") { Description = "Default: of the git repository here", HelpName = "sha" };
    private readonly Option<string> branch = new("--branch") { Description = "Default: of the git repository here", HelpName = "name" };
    private readonly Option<string> buildUrl = new("--build-url") { Description = "Where the build can be looked at", HelpName = "url" };

    public Publish(Surroundings surroundings)
        : base(surroundings, "publish", "Upload a build, or name images, and make it a version. A version never changes afterwards.")
    {
        service = Names.Service(surroundings);
        Add(service);
        Add(version);
        Add(path);
        Add(references);
        Add(commit);
        Add(branch);
        Add(buildUrl);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        IReadOnlyList<ArtifactReference> made = [.. call.Get(references).Select(ReferenceText.Parse)];

        // Asked first: nobody should wait for an upload to learn of a wrong name.
        await call.Client.Services.GetAsync(call.Get(service), cancellation);
        var existing = await call.Client.Versions.FindAsync(call.Get(service), call.Get(version), cancellation);

        using var parcel = call.Get(path) is { } given ? await Packer.PackAsync(given, call.Surroundings.CurrentDirectory, cancellation) : null;
        if (existing is not null)
            return Compare(call, existing, parcel, made);

        if (parcel is not null)
            await SendAsync(call, parcel, cancellation);

        var published = await PublishAsync(call, await DescribeAsync(call, parcel, made, cancellation), cancellation);
        Tell(call, published, "is published");
        call.Note($"Next: slipway deploy {published.Service} {published.Version} --to <environment> --wait");
        return ExitCode.Done;
    }

    private static async Task SendAsync(Invocation call, Parcel parcel, CancellationToken cancellation)
    {
        if (parcel.Files > 0 && !call.Json)
            call.Line($"Packed {Words.Count(parcel.Files, "file")}: {Words.Size(parcel.Unpacked)}, {Words.Size(parcel.Size)} packed");

        await UploadProgress.SendAsync(call, parcel, cancellation);
    }

    private async Task<ServiceVersion> PublishAsync(Invocation call, PublishVersion version, CancellationToken cancellation)
    {
        try
        {
            return await call.Client.Versions.PublishAsync(call.Get(service), version, cancellation);
        }
        catch (ApiException e) when (version.Artifact is null && e.Problem.Errors?.ContainsKey("artifact") == true)
        {
            // Only the server knows which types need a file.
            throw StopException.Usage(
                "path_missing",
                $"A version of {call.Get(service)} needs a build: its type puts files on instances.",
                $"Give the folder, archive or file that your build made: slipway publish {call.Get(service)} {version.Version} ./dist");
        }
    }

    private async Task<PublishVersion> DescribeAsync(Invocation call, Parcel? parcel, IReadOnlyList<ArtifactReference> made, CancellationToken cancellation)
    {
        var head = call.Get(commit) is not null && call.Get(branch) is not null ? null : GitHead.Find(call.Surroundings.CurrentDirectory);
        var built = call.Get(commit) ?? head?.Commit;
        return new PublishVersion
        {
            Version = call.Get(version),
            Artifact = parcel?.Digest,
            Format = parcel?.Format,
            FileName = parcel?.FileName,
            References = made,
            Commit = built,
            Branch = call.Get(branch) ?? head?.Branch,
            BuildUrl = call.Get(buildUrl),
            Commits = built is null ? [] : await CommitsAsync(call, built, cancellation),
        };
    }

    private async Task<IReadOnlyList<Commit>> CommitsAsync(Invocation call, string built, CancellationToken cancellation)
    {
        var before = await call.Client.Versions.ListAsync(call.Get(service), branch: null, count: 1, cancellation);
        return await GitLog.BetweenAsync(call.Surroundings.CurrentDirectory, before.Items is [var newest, ..] ? newest.Commit : null, built, cancellation);
    }

    private static int Compare(Invocation call, ServiceVersion existing, Parcel? parcel, IReadOnlyList<ArtifactReference> made)
    {
        var others = made.Where(reference => !existing.References.Any(known => (known.Kind, known.Location, known.Value) == (reference.Kind, reference.Location, reference.Value)));
        if (existing.Artifact?.Sha256 != parcel?.Digest || others.Any())
        {
            throw StopException.Refused(
                "version_exists",
                $"{existing.Service} {existing.Version} was published {Words.Ago(call.Time.GetUtcNow() - existing.CreatedAt)} with different content.",
                "A version never changes: publish this build under another name.");
        }

        Tell(call, existing, "is already published, with the same content");
        return ExitCode.Done;
    }

    private static void Tell(Invocation call, ServiceVersion version, string what)
    {
        if (call.Json)
        {
            call.WriteJson(version, ContractsJson.Default.ServiceVersion);
            return;
        }

        var commit = version.Commit is { } sha ? $"commit {sha[..Math.Min(10, sha.Length)]}" : "";
        var from = (commit, version.Branch) switch
        {
            ("", null) => "",
            ("", { } branch) => $" (branch {branch})",
            (_, null) => $" ({commit})",
            (_, { } branch) => $" ({commit} on {branch})",
        };
        call.Line(call.Ink.Good($"✓ {version.Service} {version.Version} {what}") + from);
        foreach (var reference in version.References)
            call.Line($"  {ReferenceText.One(reference)}");
    }
}
