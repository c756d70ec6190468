using Slipway.Contracts.Versions;
using Slipway.Server.Api;

namespace Slipway.Server.Versions;

/// <summary>What may be wrong with a version that is to be published.</summary>
internal static class PublishRules
{
    public const int MostCommits = 100;

    public const int MostReferences = 50;

    public static Refusal? Refuse(PublishVersion request)
    {
        if (request.FileName is { } name && !IsFileName(name))
            return Refusal.Invalid("fileName", "A file name has 1 to 200 characters, no / or \\, no control characters, and does not begin with . or -.");

        if (request.BuildUrl is { } url && (url.Length > 2000 || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            return Refusal.Invalid("buildUrl", "The build URL begins with http:// or https:// and has at most 2000 characters.");

        if (request.Commit is { } commit && !IsLine(commit, 100))
            return Refusal.Invalid("commit", "A commit is one line of 1 to 100 characters.");

        return request.Branch is { } branch && !IsLine(branch, 250)
            ? Refusal.Invalid("branch", "A branch is one line of 1 to 250 characters.")
            : RefuseCommits(request.Commits) ?? RefuseReferences(request.References);
    }

    private static Refusal? RefuseCommits(IReadOnlyList<Commit> commits)
    {
        if (commits.Count > MostCommits)
            return Refusal.Invalid("commits", $"A version has at most {MostCommits} commits: send the newest.");

        return commits.All(commit => IsLine(commit.Sha, 100) && IsLine(commit.Message, 200) && (commit.Author is not { } author || IsLine(author, 200)))
            ? null
            : Refusal.Invalid("commits", "A commit has a sha of 1 to 100 characters, and a message and an author of 1 to 200, each on one line: send the subject line only.");
    }

    private static Refusal? RefuseReferences(IReadOnlyList<ArtifactReference> references)
    {
        if (references.Count > MostReferences)
            return Refusal.Invalid("references", $"A version has at most {MostReferences} references.");

        return references.All(reference => IsLine(reference.Kind, 50) && IsLine(reference.Location, 100) && IsLine(reference.Value, 300) && (reference.Name is not { } name || IsLine(name, 300)))
            ? null
            : Refusal.Invalid("references", "A reference has a kind of 1 to 50 characters, a location of up to 100, and a value and a name of up to 300, each on one line.");
    }

    public static Refusal? RefuseArtifact(PublishVersion request, ArtifactBeginning? content)
    {
        if (request.Artifact is not { } digest)
            return null;

        if (content is null)
        {
            return new(
                "artifact_missing",
                StatusCodes.Status422UnprocessableEntity,
                $"The file {digest} is not on the server. Upload it first: POST /api/v1/uploads with its sha256 and size, then PATCH its bytes; slipway publish does all of that.");
        }

        var format = request.Format ?? ArtifactFormats.FromName(request.FileName ?? "");
        var actual = ArtifactFormats.FromContent(content.Bytes.Span);
        return format == ArtifactKind.SingleFile || format == actual
            ? null
            : new(
                "artifact_format_mismatch",
                StatusCodes.Status422UnprocessableEntity,
                $"The file is announced as {Name(format)}, but its first bytes are {(actual == ArtifactKind.SingleFile ? "no archive's" : $"those of {Name(actual)}")}. Publish it with the right format.");
    }

    private static string Name(ArtifactKind kind) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static bool IsFileName(string name) =>
        name.Length is >= 1 and <= 200 && name[0] is not ('.' or '-') && !name.Any(c => char.IsControl(c) || c is '/' or '\\');

    private static bool IsLine(string text, int maximum) => text.Length >= 1 && text.Length <= maximum && !text.Any(char.IsControl);
}
