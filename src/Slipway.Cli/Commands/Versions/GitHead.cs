namespace Slipway.Cli.Commands.Versions;

/// <summary>Commit and branch of a git working copy, read from its files: starting git would take longer than the rest.</summary>
internal sealed record GitHead(string? Commit, string? Branch)
{
    private const string Branches = "refs/heads/";

    /// <summary>Null: the folder is in no working copy.</summary>
    public static GitHead? Find(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (Directory.Exists(git))
                    return Read(git);
                if (File.Exists(git) && File.ReadAllText(git).Trim() is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var elsewhere])
                    return Read(Path.Combine(at.FullName, elsewhere.Trim()));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not worth failing a publication for.
        }

        return null;
    }

    private static GitHead? Read(string git)
    {
        var head = ReadFile(Path.Combine(git, "HEAD"));
        if (head is null || !head.StartsWith("ref: ", StringComparison.Ordinal))
            return head is null ? null : new(head, null);

        var name = head["ref: ".Length..];
        // A linked working copy keeps its HEAD to itself and shares the branches.
        var shared = ReadFile(Path.Combine(git, "commondir")) is { } common ? Path.Combine(git, common) : git;
        var commit = ReadFile(Path.Combine(git, name)) ?? ReadFile(Path.Combine(shared, name)) ?? FindPacked(shared, name);
        return new(commit, name.StartsWith(Branches, StringComparison.Ordinal) ? name[Branches.Length..] : null);
    }

    private static string? FindPacked(string git, string name)
    {
        var path = Path.Combine(git, "packed-refs");
        if (!File.Exists(path))
            return null;

        var line = File.ReadLines(path).FirstOrDefault(l => l.Length > 41 && l.AsSpan(41).SequenceEqual(name) && l[40] == ' ');
        return line?[..40];
    }

    private static string? ReadFile(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}
