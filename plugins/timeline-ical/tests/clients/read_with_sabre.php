<?php
/*
 * Reads the calendars of a folder with sabre/vobject, the reader of Nextcloud and of most other
 * calendar servers in PHP. Prints for each file how many entries it has and what is wrong, as JSON.
 *
 * The command of the package, vobjectvalidate, would have to be started for each file.
 */

require 'Sabre/VObject/autoload.php';

function read(string $data): array
{
    $entries = 0;
    $complaints = [];
    try {
        $calendar = Sabre\VObject\Reader::read($data);
        foreach ($calendar->validate() as $warning) {
            $complaints[] = $warning['message'];
        }
        foreach (['VEVENT', 'VTODO', 'VJOURNAL'] as $kind) {
            foreach ($calendar->select($kind) as $entry) {
                $entries++;
                // A date is not looked at before somebody asks for it.
                foreach (['DTSTAMP', 'DTSTART', 'DTEND', 'DUE', 'LAST-MODIFIED'] as $name) {
                    foreach ($entry->select($name) as $property) {
                        // To this version a year before 1000 or after 2999 is none, though
                        // RFC 5545 (section 3.3.4) takes any of four digits.
                        if (!preg_match('/^[03-9]\d{7}/', (string) $property)) {
                            $property->getDateTime();
                        }
                    }
                }
            }
        }
    } catch (Throwable $error) {
        $complaints[] = get_class($error) . ': ' . $error->getMessage();
    }
    return ['entries' => $entries, 'complaints' => $complaints];
}

$found = [];
foreach (glob($argv[1] . '/*.ics') as $file) {
    $found[basename($file)] = read(file_get_contents($file));
}
echo json_encode((object) $found, JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR);
